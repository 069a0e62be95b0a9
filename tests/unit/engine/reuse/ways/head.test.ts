import { describe, expect, it } from "vitest";

import type { Target } from "../../../../../src/engine/learner/target";
import type { Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { heading } from "../../../../../src/engine/reuse/ways/head";
import { rowLosses } from "../../../../../src/engine/reuse/choose/losses";
import type { Outputs } from "../../../../../src/engine/reuse/outputs/outputs";
import type { RowBlock } from "../../../../../src/engine/reuse/rows/row-block";
import { finish } from "../../../../../src/engine/ground/finish";
import { reuse } from "../reuse-block";
import { classMarket, labelled, numberMarket } from "../made-up-market";

const shares = new Float64Array(8).fill(1);

function numbersOf(...columns: readonly number[][]): Outputs {
  const rows = columns[0]!.length;
  const values = columns.map((column) => ({ data: Float64Array.from(column), rows, cols: 1 }));
  return { task: "regression", rows, values };
}

function blockOf(outputs: Outputs): RowBlock {
  return { outputs, evidence: null, features: null };
}

function knownOf(outputs: Outputs, truth: readonly number[]) {
  return {
    ...blockOf(outputs),
    target: { task: "regression" as const, values: Float64Array.from(truth) },
  };
}

async function fitted(outputs: Outputs, truth: readonly number[]) {
  const task = { shares: shares.slice(0, outputs.values.length), known: knownOf(outputs, truth) };
  const model = await finish(heading.fit(task));
  if (model.formula.kind !== "head") throw new Error("expected a head");
  return { head: model.formula, ...model.predict(blockOf(outputs)) };
}

const meanLoss = (values: Matrix, target: Target) =>
  rowLosses(values, target).reduce((sum, loss) => sum + loss, 0) / values.rows;

describe("heading numbers", () => {
  const said = Array.from({ length: 40 }, (_, i) => (7 * i) % 40);

  it("is the ridge line of what the learnware leaves, held back by its penalty", async () => {
    const truth = said.map((f) => 10 + 2 * f);
    const { head, values } = await fitted(numbersOf(said), truth);
    // Numbers 0 to 39: with r = 10 + f and x of spread 1, b = s / (1 + 0.01), s their standard deviation.
    const spread = Math.sqrt((40 ** 2 - 1) / 12);
    expect(head.model.weights.data[0]).toBeCloseTo(spread / 1.01, 4);
    expect(head.model.intercepts[0]).toBeCloseTo(10 + 19.5, 4);
    values.data.forEach((value, i) => {
      const line = 29.5 + (said[i]! - 19.5) / 1.01 + said[i]!;
      expect(value).toBeCloseTo(line, 4);
    });
  });

  it("only shifts what is only shifted", async () => {
    const random = seededRandom(5);
    const truth = said.map((f) => f - 25 + normal(random));
    const { head } = await fitted(numbersOf(said), truth);
    const rest = truth.reduce((sum, y, i) => sum + y - said[i]!, 0) / 40;
    expect(head.model.weights.data[0]).toBeCloseTo(0, 12);
    expect(head.model.intercepts[0]).toBeCloseTo(rest, 9);
  });

  it("leaves a learnware as it is where its errors are noise", async () => {
    const random = seededRandom(6);
    const { values, account } = await fitted(
      numbersOf(said),
      said.map((f) => f + normal(random)),
    );
    expect([...values.data]).toEqual(said);
    expect(account).toEqual({
      code: "headed",
      learnware: 0,
      of: 1,
      labels: 40,
      isCorrected: false,
    });
  });

  it("finds the learnware that is right once it is corrected", async () => {
    const random = seededRandom(7);
    const noisy = said.map((f) => f + 2 * normal(random));
    const shifted = said.map((f) => 500 - f);
    const { head } = await fitted(numbersOf(noisy, shifted), said);
    expect(head.learnware).toBe(1);
  });

  it("goes no farther beyond the labelled rows than they reach", async () => {
    const known = knownOf(
      numbersOf(said),
      said.map((f) => 10 + 2 * f),
    );
    const task = { shares: Float64Array.of(1), known };
    const { values } = await reuse(heading, task, blockOf(numbersOf([39, 1000])));
    // The slope of 1 that is added goes on from 39 to 78, next to unshrunk.
    const stretched = values.data[1]! - values.data[0]! - (1000 - 39);
    expect(stretched).toBeGreaterThan(0.98 * 39);
    expect(stretched).toBeLessThanOrEqual(39);
  });
});

describe("heading", () => {
  it.each([
    ["numbers", (rows: number, seed: number) => numberMarket({ rows, seed, bias: 3, error: 0.3 })],
    ["classes", (rows: number, seed: number) => shiftedClasses(rows, seed)],
  ])("beats every learnware where their outputs are shifted: %s", async (_, market) => {
    const [known, test] = [market(60, 1), market(400, 2)];
    const { values } = await reuse(heading, { shares, known: labelled(known) }, test.block);
    const alone = test.block.outputs.values.map((said) => meanLoss(said, test.target));
    expect(meanLoss(values, test.target)).toBeLessThan(0.8 * Math.min(...alone));
  });

  it("says the same of the same rows", async () => {
    const market = shiftedClasses(60, 1);
    const task = { shares, known: labelled(market) };
    const [a, b] = [
      await reuse(heading, task, market.block),
      await reuse(heading, task, market.block),
    ];
    expect(a).toEqual(b);
  });

  it("needs labels", async () => {
    await expect(finish(heading.fit({ shares, known: null }))).rejects.toMatchObject({
      code: "bad_parameter",
    });
  });
});

/** Learnwares that take every class for the next one. */
function shiftedClasses(rows: number, seed: number) {
  const market = classMarket({ rows, seed, error: 0.3 });
  const { target } = market;
  if (target.task !== "classification") throw new Error("expected classes");
  return { ...market, target: { ...target, codes: target.codes.map((code) => (code + 1) % 3) } };
}
