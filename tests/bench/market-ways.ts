/** @file Every way of predicting one user's rows from a market, each by its loss. */

import { finish } from "../../src/engine/ground/finish";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { pickTarget } from "../../src/engine/learner/target";
import { pickRows } from "../../src/engine/ground/matrix";
import { augmentingLinear, augmentingTrees } from "../../src/engine/reuse/ways/augmenting";
import { averaging } from "../../src/engine/reuse/ways/averaging";
import { chooseReuser } from "../../src/engine/reuse/choose/choose-reuser";
import { measureEvidence } from "../../src/engine/reuse/evidence/evidence";
import { guidedModel } from "../../src/engine/reuse/ways/guided-model";
import { measureShares } from "../../src/engine/reuse/evidence/measure-shares";
import { alignOutputs } from "../../src/engine/reuse/outputs/outputs";
import { ownModel } from "../../src/engine/reuse/ways/own-model";
import { pruning } from "../../src/engine/reuse/ways/pruning";
import type { Reuser, ReuseTask } from "../../src/engine/reuse/reuser";
import type { RowBlock } from "../../src/engine/reuse/rows/row-block";
import { selecting, weighingByRow } from "../../src/engine/reuse/ways/selecting";
import { shortlist } from "../../src/engine/reuse/predict/shortlist";
import { stacking } from "../../src/engine/reuse/ways/stacking";
import { rankCandidates, type Ranking } from "../../src/engine/search/rank";
import type { Market, MarketLearnware } from "./market-build";
import { lossOf } from "./market-loss";
import {
  findAsReference,
  labelledReference,
  type ReferenceFound,
  unlabelledReference,
} from "./market-reference";
import type { Situation } from "./market-situations";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

/** Loss by method: squared error over the variance of the user's target, or the share of errors. */
export type Losses = Readonly<Record<string, number>>;

/** With more the user's own model is all that is tried, to see what labels are worth. */
const MOST_LABELS = 200;

const UNLABELLED = [averaging, selecting, weighingByRow];
const LABELLED = [ownModel, stacking, pruning, guidedModel, augmentingLinear, augmentingTrees];

/** The losses of all ways that a situation lets try: without labels, or those that need some. */
export class SituationLosses {
  readonly #compute: Compute;
  readonly #market: Market;
  /** By the rows asked about, which situations that differ in labels alone have in common. */
  readonly #asked = new WeakMap<Int32Array, Promise<AskedRows>>();

  constructor(compute: Compute, market: Market) {
    this.#compute = compute;
    this.#market = market;
  }

  async of(situation: Situation): Promise<Losses> {
    const { asked, known } = situation;
    let preparing = this.#asked.get(asked);
    if (!preparing) {
      preparing = prepareAsked(this.#compute, this.#market, situation);
      this.#asked.set(asked, preparing);
    }
    const { shortlist, block, shares, mixture, reference } = await preparing;
    const labelled =
      known.length > 0
        ? {
            ...(await blockOf(this.#compute, this.#market, shortlist, known)),
            target: pickTarget(this.#market.target, known),
          }
        : null;
    const given = { task: { shares, known: labelled, sample: block }, block, mixture, reference };
    return lossesOf(this.#market, situation, given);
  }
}

/** What the page would have: the shortlist's answers, their shares, the labelled rows. */
interface Given {
  readonly task: ReuseTask;
  readonly block: RowBlock;
  /** Weights of the mixture that searching shows. */
  readonly mixture: Float64Array;
  readonly reference: ReferenceFound;
}

async function lossesOf(market: Market, situation: Situation, given: Given): Promise<Losses> {
  const { asked, known } = situation;
  const target = pickTarget(market.target, asked);
  const single = situation.learnwares.map(({ predictions }) =>
    lossOf(target, pickRows(predictions, asked)),
  );
  const bounds = {
    random: single.reduce((sum, loss) => sum + loss, 0) / single.length,
    oracle: Math.min(...single),
  };
  const run = async (reuser: Reuser, shares = given.task.shares) => {
    const fitted = await finish(reuser.fit({ ...given.task, shares }));
    return lossOf(target, fitted.predict(given.block).values);
  };
  if (known.length > MOST_LABELS) return { ...bounds, "own-model": await run(ownModel) };
  const ways = known.length > 0 ? LABELLED : UNLABELLED;
  const losses: Record<string, number> = {};
  for (const reuser of ways) losses[caseName(reuser)] = await run(reuser);
  const { recommended } = await finish(chooseReuser(given.task, given.block));
  const chosen = { recommended: losses[caseName(recommended)] ?? (await run(recommended)) };
  if (known.length > 0) {
    return {
      ...bounds,
      ...(await labelledReference(market, situation, given.reference)),
      ...losses,
      ...chosen,
    };
  }
  const nearest = (count: number) =>
    run(
      averaging,
      given.task.shares.map((_, m) => (m < count ? 1 : 0)),
    );
  return {
    ...bounds,
    ...(await unlabelledReference(market, situation, given.reference)),
    nearest: await nearest(1),
    "mean-of-5": await nearest(5),
    "mean-of-10": await nearest(10),
    mixture: await run(averaging, given.mixture),
    ...losses,
    ...chosen,
  };
}

function caseName({ name }: Reuser): string {
  return name.replaceAll("_", "-");
}

interface AskedRows {
  readonly shortlist: readonly MarketLearnware[];
  readonly block: RowBlock;
  readonly shares: Float64Array;
  readonly mixture: Float64Array;
  readonly reference: ReferenceFound;
}

async function prepareAsked(
  compute: Compute,
  market: Market,
  situation: Situation,
): Promise<AskedRows> {
  const { shortlist, ranking } = await shortlistOf(compute, market, situation);
  const { asked } = situation;
  const specs = shortlist.map(({ candidate }) => candidate);
  return {
    shortlist,
    block: await blockOf(compute, market, shortlist, asked),
    shares: await finish(measureShares(compute, pickRows(market.scaled, asked), specs)),
    mixture: mixtureShares(shortlist, ranking),
    reference: findAsReference(market, situation),
  };
}

async function shortlistOf(compute: Compute, market: Market, { asked, learnwares }: Situation) {
  const ranking = await finish(
    rankCandidates(
      compute,
      pickRows(market.scaled, asked),
      gaussianKernel(market.island.gamma),
      learnwares.map(({ candidate }) => candidate),
    ),
  );
  const nearest = shortlist(ranking.singles, () => 0);
  return { ranking, shortlist: nearest.map((one) => learnwares.find(({ id }) => id === one.id)!) };
}

/** Weights of the mixture; of the nearest alone where no mixture is better. */
function mixtureShares(shortlist: readonly MarketLearnware[], { mixture }: Ranking): Float64Array {
  if (!mixture) return Float64Array.from(shortlist, (_, m) => (m === 0 ? 1 : 0));
  const weights = new Map(mixture.members.map(({ id, weight }) => [id, weight]));
  return Float64Array.from(shortlist, ({ id }) => weights.get(id) ?? 0);
}

async function blockOf(
  compute: Compute,
  market: Market,
  shortlist: readonly MarketLearnware[],
  rows: Int32Array,
): Promise<RowBlock> {
  const raw = shortlist.map(({ id, labels, predictions }) => ({
    id,
    values: pickRows(predictions, rows),
    labels: market.target.task === "classification" ? labels : null,
  }));
  return {
    outputs: alignOutputs(raw, market.labels),
    evidence: await finish(
      measureEvidence(
        compute,
        pickRows(market.scaled, rows),
        shortlist.map(({ candidate }) => candidate),
      ),
    ),
    features: pickRows(market.raw, rows),
  };
}
