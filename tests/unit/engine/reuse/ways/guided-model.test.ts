import { describe, expect, it } from "vitest";

import { fitStandardiser } from "../../../../../src/engine/learner/linear/standardise";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { guidedModel } from "../../../../../src/engine/reuse/ways/guided-model";
import {
  guidedLine,
  guidedStandardiser,
  lineFit,
} from "../../../../../src/engine/reuse/ways/guided-line";
import { rowLosses } from "../../../../../src/engine/reuse/choose/losses";
import { alignOutputs } from "../../../../../src/engine/reuse/outputs/outputs";
import { ownModel } from "../../../../../src/engine/reuse/ways/own-model";
import { required, type Reuser, type ReuseTask } from "../../../../../src/engine/reuse/reuser";
import { pickBlock, type RowBlock } from "../../../../../src/engine/reuse/rows/row-block";
import { finish } from "../../../../../src/engine/ground/finish";
import { reuse } from "../reuse-block";
import { classMarket, labelled, numberMarket } from "../made-up-market";

const shares = Float64Array.of(1);
const featuresOf = ({ features }: RowBlock) => required(features, "features");
const standardiserOf = async (task: ReuseTask) =>
  guidedStandardiser(await finish(guidedLine(task)), task);

/** Rows of independent columns, and one learnware: 3 · the first column + the second, times 100 + 7. */
function simple(rows: number, cols = 4, seed = 1) {
  const random = seededRandom(seed);
  const data = Float32Array.from({ length: rows * cols }, () => normal(random));
  const said = Float64Array.from(
    { length: rows },
    (_, i) => 100 * (3 * data[i * cols]! + data[i * cols + 1]!) + 7,
  );
  const values = { data: said, rows, cols: 1 };
  const block: RowBlock = {
    outputs: alignOutputs([{ id: "one", labels: null, values }]),
    evidence: null,
    features: { data, rows, cols },
  };
  return { block, said };
}

function taskOf(block: RowBlock, values: Float64Array): ReuseTask {
  return { shares, known: { ...block, target: { task: "regression", values } } };
}

describe("guidedStandardiser", () => {
  it("spreads columns as wide as the learnwares lean on them", async () => {
    const { block, said } = simple(300);
    const task = taskOf(block, said);
    const { factors } = await standardiserOf(task);
    const plain = fitStandardiser(featuresOf(block)).factors;
    const spreads = factors.map((factor, j) => factor / plain[j]!);
    expect(spreads[0]).toBeCloseTo(1.01, 5);
    // Columns of 300 rows differ in spread by some 5 %.
    expect(spreads[1]).toBeGreaterThan(0.3);
    expect(spreads[1]).toBeLessThan(0.38);
    expect(Math.max(spreads[2]!, spreads[3]!)).toBeLessThan(0.02);
  });

  it("takes means and limits from rows without labels too", async () => {
    const { block, said } = simple(200);
    const few = Int32Array.from({ length: 10 }, (_, i) => i);
    const task = { ...taskOf(pickBlock(block, few), said.slice(0, 10)), sample: block };
    const { means, highs, factors } = await standardiserOf(task);
    const [first] = fitStandardiser(featuresOf(block)).means;
    expect(Math.abs(means[0]! - first!)).toBeLessThan(0.1);
    const most = Math.max(...block.features!.data.filter((_, at) => at % 4 === 0));
    expect(highs[0]! / factors[0]!).toBeGreaterThan(most);
  });

  it("leaves columns as they are where the learnwares say the same of every row", async () => {
    const { block, said } = simple(50);
    const values = { data: said.map(() => 5), rows: 50, cols: 1 };
    const constant = { ...block, outputs: alignOutputs([{ id: "one", labels: null, values }]) };
    const { factors } = await standardiserOf(taskOf(constant, said));
    const plain = fitStandardiser(featuresOf(block)).factors;
    factors.forEach((factor, j) => expect(factor / plain[j]!).toBeCloseTo(1.01, 5));
  });
});

describe("lineFit", () => {
  const fit = (block: RowBlock, said: Float64Array) => finish(lineFit(taskOf(block, said)));

  it("is near 1 where learnwares draw a line, and at 1 where they say the same of every row", async () => {
    const { block, said } = simple(200);
    expect(await fit(block, said)).toBeGreaterThan(0.999);
    const values = { data: said.map(() => 5), rows: 200, cols: 1 };
    const constant = { ...block, outputs: alignOutputs([{ id: "one", labels: null, values }]) };
    expect(await fit(constant, said)).toBe(1);
  });

  it("is near 0 where what they say is no line in the columns", async () => {
    const { block, said } = simple(400);
    const bent = said.map((_, i) => block.features!.data[4 * i]! ** 2);
    const values = { data: bent, rows: 400, cols: 1 };
    const other = { ...block, outputs: alignOutputs([{ id: "one", labels: null, values }]) };
    // Four columns explain about 4 / 400 of what is no line.
    expect(await fit(other, said)).toBeLessThan(0.1);
  });

  it("tells of classes by their probabilities", async () => {
    const market = classMarket({ rows: 100, seed: 5 });
    const task = { shares: new Float64Array(8).fill(1), known: labelled(market) };
    const found = await finish(lineFit(task));
    expect(found).toBeGreaterThan(0.2);
    expect(found).toBeLessThan(1);
  });
});

describe("guidedModel", () => {
  async function lossOf(reuser: Reuser, task: ReuseTask, block: RowBlock, values: Float64Array) {
    const said = await reuse(reuser, task, block);
    const losses = rowLosses(said.values, { task: "regression", values });
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  }

  it("learns from fewer rows which of many columns matter, from learnwares off by far", async () => {
    const train = simple(20, 30, 1);
    const test = simple(500, 30, 2);
    const random = seededRandom(3);
    const truth = (said: Float64Array) => said.map((y) => -2 * y + 1000 + 50 * normal(random));
    const task = { ...taskOf(train.block, truth(train.said)), sample: test.block };
    const values = truth(test.said);
    const guided = await lossOf(guidedModel, task, test.block, values);
    expect(guided).toBeLessThan(0.1 * (await lossOf(ownModel, task, test.block, values)));
  });

  it("is the learnwares' line where the answers give no reason to leave it", async () => {
    const train = simple(12, 30, 1);
    const test = simple(200, 30, 2);
    const task = { ...taskOf(train.block, train.said), sample: test.block };
    const { values } = await reuse(guidedModel, task, test.block);
    const errors = values.data.map((y, i) => (y - test.said[i]!) ** 2);
    const mean = errors.reduce((sum, error) => sum + error, 0) / 200;
    // The standard deviation of what the learnware says is √10 · 100; the line itself is held back by 1 in 100.
    expect(Math.sqrt(mean)).toBeLessThan(0.02 * Math.sqrt(10) * 100);
  });

  it("goes on beyond the rows on which learnwares stop", async () => {
    const { block, said } = simple(300);
    const capped = said.map((y) => Math.max(-300, Math.min(300, y)));
    const values = { data: capped, rows: 300, cols: 1 };
    const stopping = { ...block, outputs: alignOutputs([{ id: "one", labels: null, values }]) };
    const few = Int32Array.from({ length: 15 }, (_, i) => i);
    const task = { ...taskOf(pickBlock(stopping, few), said.slice(0, 15)), sample: stopping };
    const loss = await lossOf(guidedModel, task, stopping, said);
    const stopped = capped.reduce((sum, y, i) => sum + (y - said[i]!) ** 2, 0) / 300;
    expect(loss).toBeLessThan(0.2 * stopped);
  });

  it("gives classes probabilities", async () => {
    const market = classMarket({ rows: 60, seed: 5 });
    const task = { shares: new Float64Array(8).fill(1), known: labelled(market) };
    const { values, account } = await reuse(guidedModel, task, market.block);
    expect(account).toEqual({ code: "guided", columns: 4, learnwares: 8, labels: 60 });
    for (let i = 0; i < 60; i++) {
      const row = values.data.subarray(3 * i, 3 * i + 3);
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    }
  });

  it("needs the user's columns", async () => {
    const market = numberMarket({ rows: 30, seed: 1 });
    const known = { ...labelled(market), features: null };
    await expect(reuse(guidedModel, { shares, known }, market.block)).rejects.toMatchObject({
      code: "bad_parameter",
    });
  });
});
