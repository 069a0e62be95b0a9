/** @file Every way of predicting one user's rows from a market, each by its loss. */

import type { Predictions } from "../../src/engine/reuse/predict/predictions";
import type { Reuse } from "../../src/contracts/workers/reuse-plan";
import { finish } from "../../src/engine/ground/finish";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { pickTarget, type Target } from "../../src/engine/learner/target";
import { pickRows } from "../../src/engine/ground/matrix";
import { ownModel } from "../../src/engine/reuse/ways/own-model";
import { alignOutputs } from "../../src/engine/reuse/outputs/outputs";
import type { ReuserName } from "../../src/engine/reuse/reuser";
import type { Answers } from "../../src/engine/learner/answers";
import type { RowBlock } from "../../src/engine/reuse/rows/row-block";
import type { RowChoice } from "../../src/engine/kinds/kind";
import { advisedOffer } from "../../src/workflows/find/advised-offer";
import type { Finding } from "../../src/workflows/find/find";
import type { Offer } from "../../src/workflows/find/offers";
import { reuse } from "../../src/workflows/reuse/reuse";
import { ReuseHost } from "../../src/workflows/reuse/reuse-host";
import type { Market, MarketLearnware } from "./market-build";
import { type Desk, findAtDesk, openAtDesk } from "./market-desk";
import { lossOf } from "./market-loss";
import {
  findAsReference,
  labelledReference,
  type ReferenceFound,
  unlabelledReference,
} from "./market-reference";
import type { Situation } from "./market-situations";

/** Loss by method: squared error over the variance of the user's target, or the share of errors. */
export type Losses = Readonly<Record<string, number>>;

/** With more the user's own model is all that is tried, to see what labels are worth. */
const MOST_LABELS = 200;
/** With these all ways are measured; with others what is recommended, beside the user's own model. */
const COMPARED_LABELS: readonly number[] = [50, 200];

const UNLABELLED: readonly ReuserName[] = ["average", "select", "weigh_by_row"];
const LABELLED: readonly ReuserName[] = [
  ...(["own_model", "stack", "prune", "guided_model", "augment_linear", "augment_trees"] as const),
];

interface Found {
  readonly finding: Finding;
  readonly reference: ReferenceFound;
}

/** The losses of all ways that a situation lets try: without labels, or those that need some. */
export class SituationLosses {
  readonly #compute: Compute;
  readonly #market: Market;
  /** By the rows asked about, which situations that differ in labels alone have in common. */
  readonly #found = new WeakMap<Int32Array, Promise<Found>>();

  constructor(compute: Compute, market: Market) {
    this.#compute = compute;
    this.#market = market;
  }

  /** Which learnware is found to be the nearest. */
  async nearest(situation: Situation): Promise<string> {
    return shortlistOf((await this.#foundFor(situation)).finding).members[0]!.card.id;
  }

  async of(situation: Situation): Promise<Losses> {
    const { asked, known, learnwares } = situation;
    const target = pickTarget(this.#market.target, asked);
    const single = learnwares.map(({ predictions }) =>
      lossOf(target, pickRows(predictions, asked)),
    );
    const bounds = {
      random: single.reduce((sum, loss) => sum + loss, 0) / single.length,
      oracle: Math.min(...single),
    };
    if (known.length > MOST_LABELS) {
      return { ...bounds, "own-model": await ownLoss(this.#market, situation) };
    }
    const found = await this.#foundFor(situation);
    const tried = new TriedWays(this.#deskOf(situation), this.#market, situation);
    return known.length > 0
      ? { ...bounds, ...(await this.#labelled(situation, found, tried)) }
      : { ...bounds, ...(await this.#unlabelled(situation, found, tried)) };
  }

  async #labelled(situation: Situation, { finding, reference }: Found, tried: TriedWays) {
    if (!COMPARED_LABELS.includes(situation.labels)) {
      return tried.ways(shortlistOf(finding), ["own_model"]);
    }
    return {
      ...(await labelledReference(this.#market, situation, reference)),
      ...(await tried.ways(shortlistOf(finding), LABELLED)),
    };
  }

  async #unlabelled(situation: Situation, { finding, reference }: Found, tried: TriedWays) {
    const offer = shortlistOf(finding);
    const nearest = (count: number) => {
      const members = offer.members.slice(0, count).map((member) => ({ ...member, weight: 1 }));
      return tried.average({ ...offer, kind: "mixture", members });
    };
    const mixture = finding.offers.find(({ kind }) => kind === "mixture");
    return {
      ...(await unlabelledReference(this.#market, situation, reference)),
      nearest: await nearest(1),
      "mean-of-5": await nearest(5),
      "mean-of-10": await nearest(10),
      mixture: mixture ? await tried.average(mixture) : await nearest(1),
      ...(await tried.ways(offer, UNLABELLED)),
    };
  }

  #foundFor(situation: Situation): Promise<Found> {
    const known = this.#found.get(situation.asked);
    const found = known ?? this.#find(situation);
    if (!known) this.#found.set(situation.asked, found);
    return found;
  }

  async #find(situation: Situation): Promise<Found> {
    const scaled = pickRows(this.#market.scaled, situation.asked);
    return {
      finding: await findAtDesk(this.#deskOf(situation), scaled),
      reference: findAsReference(this.#market, situation),
    };
  }

  #deskOf({ learnwares }: Situation): Desk {
    const { island, book } = this.#market;
    const matches = island.features.map(({ name }, column) => ({ feature: name, column }));
    return { compute: this.#compute, island, book, learnwares, matches };
  }
}

/** All that are worth downloading. */
function shortlistOf({ offers }: Finding): Offer {
  return advisedOffer(offers.slice(0, 1), true)!;
}

/** One user's predictions, as the page would make them of a table whose answers stand below the rows asked about. */
class TriedWays {
  readonly #desk: Desk;
  readonly #market: Market;
  readonly #situation: Situation;
  readonly #host: ReuseHost;
  #lastPlan = 0;

  constructor(desk: Desk, market: Market, situation: Situation) {
    this.#desk = desk;
    this.#market = market;
    this.#situation = situation;
    this.#host = new ReuseHost({
      rows: {
        read: async (_plan, choice, withOwn) => {
          const rows = rowsOf(situation, choice);
          const fed = pickRows(market.raw, rows);
          const scaled = pickRows(market.scaled, rows);
          return { count: rows.length, fed, scaled, own: withOwn ? fed : null, time: null };
        },
        answers: async () => answersOf(market, situation),
        scriptTable: () => Promise.reject(new Error("nothing is written down here")),
      },
      compute: async () => desk.compute,
      open: openAtDesk(desk),
      // eslint-disable-next-line require-yield -- Nothing is filled in: the rows have all features.
      async *learnAlignments() {
        return new Map();
      },
    });
  }

  /** The losses of some ways, as far as the user can use them, and of the one that is recommended. */
  async ways(offer: Offer, names: readonly ReuserName[]): Promise<Losses> {
    const made = await this.#reuse(offer);
    const losses: Record<string, number> = {};
    const { asked } = this.#situation;
    for (const name of names) {
      const way = made.preparation.ways.find((one) => one.name === name);
      if (way?.lacks !== null) continue;
      const { predictions } = await finish(this.#host.predict(this.#lastPlan, name, asked.length));
      losses[name.replaceAll("_", "-")] = this.#lossOf(predictions);
    }
    return { ...losses, recommended: this.#lossOf(made.predictions) };
  }

  /** @param offer - Not a shortlist. */
  async average(offer: Offer): Promise<number> {
    return this.#lossOf((await this.#reuse(offer)).predictions);
  }

  async #reuse(offer: Offer): Promise<Reuse> {
    const { island, matches } = this.#desk;
    const { asked, known } = this.#situation;
    const run = {
      ...{ plan: ++this.#lastPlan, offer, island, matches, rows: asked.length },
      ...{ answersColumn: known.length > 0 ? 0 : null, filling: "lines" as const },
    };
    const ports = { fetchPackage: async () => new Uint8Array(), predictor: this.#host };
    return (await finish(reuse(ports, run))).reuse;
  }

  #lossOf(predictions: Predictions): number {
    const { target, labels } = this.#market;
    return lossOfPredictions(pickTarget(target, this.#situation.asked), labels, predictions);
  }
}

/** @param labels - Names of the target's classes. */
export function lossOfPredictions(
  target: Target,
  labels: readonly string[],
  predictions: Predictions,
): number {
  const { values } = predictions;
  if (target.task === "regression" || predictions.task === "regression") {
    return lossOf(target, { data: values, rows: values.length, cols: 1 });
  }
  const wrong = target.codes.filter((code, i) => labels[code] !== predictions.labels[values[i]!]);
  return wrong.length / target.codes.length;
}

/** Rows of the market: first those asked about, then those with answers. */
function rowsOf({ asked, known }: Situation, choice: RowChoice): Int32Array {
  const all = Int32Array.of(...asked, ...known);
  return choice instanceof Int32Array
    ? choice.map((row) => all[row]!)
    : all.subarray(choice.from, choice.to);
}

function answersOf({ target, labels }: Market, { asked, known }: Situation): Answers {
  const rows = known.map((_, i) => asked.length + i);
  const answers = pickTarget(target, known);
  return answers.task === "regression"
    ? { task: "regression", rows, values: answers.values }
    : { task: "classification", rows, codes: answers.codes, labels };
}

async function ownLoss(market: Market, { asked, known, learnwares }: Situation): Promise<number> {
  const target = pickTarget(market.target, known);
  const labelled = { ...blockOf(market, learnwares, known), target };
  const fitted = await finish(ownModel.fit({ shares: Float64Array.of(1), known: labelled }));
  const { values } = fitted.predict(blockOf(market, learnwares, asked));
  return lossOf(pickTarget(market.target, asked), values);
}

function blockOf(
  { target, labels, raw }: Market,
  learnwares: readonly MarketLearnware[],
  rows: Int32Array,
): RowBlock {
  const answers = learnwares.slice(0, 1).map(({ id, labels: own, predictions }) => ({
    id,
    values: pickRows(predictions, rows),
    labels: target.task === "classification" ? own : null,
  }));
  return { outputs: alignOutputs(answers, labels), evidence: null, features: pickRows(raw, rows) };
}
