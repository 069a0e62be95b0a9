/** @file Every way of predicting one user's rows from a market, each by its loss. */

import { finish } from "../../src/cli/steps";
import type { Compute } from "../../src/engine/kernel/compute";
import { fitModel, predictModel } from "../../src/engine/learner/choose-model";
import { pickTarget } from "../../src/engine/learner/target";
import { type Matrix, pickRows } from "../../src/engine/matrix";
import { augmentingLinear, augmentingTrees } from "../../src/engine/reuse/augmenting";
import { averaging } from "../../src/engine/reuse/averaging";
import { measureEvidence } from "../../src/engine/reuse/evidence";
import { alignOutputs } from "../../src/engine/reuse/outputs";
import { pruning } from "../../src/engine/reuse/pruning";
import type { LabelledRows, Reuser } from "../../src/engine/reuse/reuser";
import type { RowBlock } from "../../src/engine/reuse/row-block";
import { selecting, weighingByRow } from "../../src/engine/reuse/selecting";
import { rankCandidates, type Ranking } from "../../src/engine/search/rank";
import type { Market, MarketLearnware } from "./market-build";
import { lossOf } from "./market-loss";
import type { Situation } from "./market-situations";
import { labelledReference, unlabelledReference } from "./market-reference";

/** Loss by method: squared error over the variance of the user's target, or the share of errors. */
export type Losses = Readonly<Record<string, number>>;

/** Learnwares that a reuser is given: the nearest, those of the mixture among them. */
const SHORTLIST = 25;
/** With more the user's own model is all that is tried, to see what labels are worth. */
const MOST_LABELS = 200;

/** The losses of all ways that a situation lets try: without labels, or those that need some. */
export async function lossesOf(
  compute: Compute,
  market: Market,
  situation: Situation,
): Promise<Losses> {
  const single = situation.learnwares.map(({ predictions }) =>
    lossOf(pickTarget(market.target, situation.asked), pickRows(predictions, situation.asked)),
  );
  const bounds = {
    random: single.reduce((sum, loss) => sum + loss, 0) / single.length,
    oracle: Math.min(...single),
  };
  if (situation.known.length === 0) {
    return {
      ...bounds,
      ...(await unlabelledReference(market, situation)),
      ...(await lossesWithoutLabels(compute, market, situation)),
    };
  }
  const own = { "own-model": await lossOfOwnModel(market, situation) };
  if (situation.known.length > MOST_LABELS) return { ...bounds, ...own };
  return {
    ...bounds,
    ...own,
    ...(await labelledReference(market, situation)),
    ...(await lossesWithLabels(compute, market, situation)),
  };
}

async function lossesWithoutLabels(
  compute: Compute,
  market: Market,
  situation: Situation,
): Promise<Losses> {
  const { shortlist, ranking } = await shortlistOf(compute, market, situation);
  const block = await blockOf(compute, market, shortlist, situation.asked);
  const target = pickTarget(market.target, situation.asked);
  const loss = async (reuser: Reuser, shares: Float64Array) =>
    lossOf(target, await reuse(reuser, shares, null, block));
  const nearest = (count: number) => Float64Array.from(shortlist, (_, m) => (m < count ? 1 : 0));
  const shares = mixtureShares(shortlist, ranking);
  return {
    nearest: await loss(averaging, nearest(1)),
    "mean-of-5": await loss(averaging, nearest(5)),
    "mean-of-10": await loss(averaging, nearest(10)),
    mixture: await loss(averaging, shares),
    select: await loss(selecting, shares),
    "weigh-by-row": await loss(weighingByRow, shares),
  };
}

async function lossOfOwnModel({ raw, target }: Market, { asked, known }: Situation) {
  const own = await finish(fitModel(pickRows(raw, known), pickTarget(target, known), "auto"));
  return lossOf(pickTarget(target, asked), predictModel(own, pickRows(raw, asked)));
}

async function lossesWithLabels(
  compute: Compute,
  market: Market,
  situation: Situation,
): Promise<Losses> {
  const { shortlist, ranking } = await shortlistOf(compute, market, situation);
  const block = await blockOf(compute, market, shortlist, situation.asked);
  const known = {
    ...(await blockOf(compute, market, shortlist, situation.known)),
    target: pickTarget(market.target, situation.known),
  };
  const target = pickTarget(market.target, situation.asked);
  const shares = mixtureShares(shortlist, ranking);
  const loss = async (reuser: Reuser) => lossOf(target, await reuse(reuser, shares, known, block));
  return {
    prune: await loss(pruning),
    "augment-linear": await loss(augmentingLinear),
    "augment-trees": await loss(augmentingTrees),
  };
}

async function shortlistOf(compute: Compute, market: Market, { asked, learnwares }: Situation) {
  const ranking = await finish(
    rankCandidates(
      compute,
      pickRows(market.scaled, asked),
      market.island.gamma,
      learnwares.map(({ candidate }) => candidate),
    ),
  );
  const shortlist = ranking.singles
    .slice(0, SHORTLIST)
    .map((single) => learnwares.find(({ id }) => id === single.id)!);
  return { ranking, shortlist };
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

async function reuse(
  reuser: Reuser,
  shares: Float64Array,
  known: LabelledRows | null,
  block: RowBlock,
): Promise<Matrix<Float64Array>> {
  const fitted = await finish(reuser.fit({ shares, known }));
  return fitted.predict(block).values;
}
