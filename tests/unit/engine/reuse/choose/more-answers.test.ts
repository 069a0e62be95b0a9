import { describe, expect, it } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { pickTarget } from "../../../../../src/engine/learner/target";
import { chooseReuser } from "../../../../../src/engine/reuse/choose/choose-reuser";
import { rowLosses } from "../../../../../src/engine/reuse/choose/losses";
import type { ReuseTask } from "../../../../../src/engine/reuse/reuser";
import { pickBlock } from "../../../../../src/engine/reuse/rows/row-block";
import { augmentingLinear } from "../../../../../src/engine/reuse/ways/augmenting";
import { averaging } from "../../../../../src/engine/reuse/ways/averaging";
import { guidedModel } from "../../../../../src/engine/reuse/ways/guided-model";
import { stacking } from "../../../../../src/engine/reuse/ways/stacking";
import {
  classMarket,
  type MadeUpMarket,
  type MarketOptions,
  numberMarket,
} from "../made-up-market";

const NUMBERS = { labels: [0, 10, 25, 50, 100, 200], users: 15 };
/** Lines between classes take longer. */
const CLASSES = { labels: [0, 10, 25, 50], users: 9 };
const ASKED = 200;
const LEARNWARES = 5;
const shares = new Float64Array(LEARNWARES).fill(1);

/** What is recommended of a user's rows, by how many of the others have answers: the mean loss of each. */
async function lossesOf({ block, target }: MadeUpMarket, counts: number[]): Promise<number[]> {
  const rows = (from: number, to: number) =>
    Int32Array.from({ length: to - from }, (_, i) => from + i);
  const asked = rows(0, ASKED);
  const sample = pickBlock(block, asked);
  const losses: number[] = [];
  for (const labels of counts) {
    const chosen = rows(ASKED, ASKED + labels);
    const answered = { ...pickBlock(block, chosen), target: pickTarget(target, chosen) };
    const task: ReuseTask = { shares, known: labels > 0 ? answered : null, sample };
    const ways = [averaging, stacking, guidedModel, augmentingLinear];
    const { recommended } = await finish(chooseReuser(task, sample, ways));
    const { values } = (await finish(recommended.fit(task))).predict(sample);
    const own = rowLosses(values, pickTarget(target, asked));
    losses.push(own.reduce((sum, loss) => sum + loss, 0) / ASKED);
  }
  return losses;
}

const medianOf = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

type Simulated = readonly [string, typeof NUMBERS, (seed: number) => MadeUpMarket];

describe("what is recommended with more answers", () => {
  const numbers = (options: Partial<MarketOptions>) => (seed: number) =>
    numberMarket({ rows: ASKED + 200, seed, learnwares: LEARNWARES, ...options });
  const classes = (options: Partial<MarketOptions>) => (seed: number) =>
    classMarket({ rows: ASKED + 200, seed, learnwares: LEARNWARES, ...options });

  it.each<Simulated>([
    ["numbers of which learnwares know all there is", NUMBERS, numbers({ error: 0 })],
    ["numbers of which some learnwares know more than others", NUMBERS, numbers({ error: 1.5 })],
    ["numbers that all learnwares see too high", NUMBERS, numbers({ error: 0.5, bias: 1 })],
    ["classes of which learnwares know all there is", CLASSES, classes({ error: 0 })],
    ["classes of which some learnwares know more than others", CLASSES, classes({ error: 1.5 })],
  ])("is no worse: %s", async (_, { labels, users: count }, market) => {
    const users: number[][] = [];
    for (let seed = 1; seed <= count; seed++) users.push(await lossesOf(market(seed), labels));
    const ratio = (at: number, before: number) =>
      medianOf(users.map((losses) => losses[at]! / losses[before]!));
    // Of so few users a median of ratios that is 1 comes out up to about 1.03.
    labels.slice(1).forEach((_, at) => expect(ratio(at + 1, at)).toBeLessThan(1.03));
    expect(ratio(labels.indexOf(50), 0)).toBeLessThan(1.005);
  });
});
