import { describe, expect, test } from "vitest";

import type { Matrix } from "../../../../src/engine/ground/matrix";
import {
  batchFindings,
  edgeFindings,
  noiseFindings,
  ownFindings,
  type Run,
  speedFindings,
} from "../../../../src/engine/verify/run-findings";
import { type Inputs, rowsOf } from "../../../../src/engine/verify/trial-inputs";

const own: Inputs = [{ name: "x", dims: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) }];
const number = { task: "regression", labels: [] } as const;
const classes = { task: "classification", labels: ["no", "yes"] } as const;

/** A model that answers each row of two numbers by a rule. */
function rowModel(rule: (a: number, b: number) => readonly number[]): Run {
  return (inputs) => {
    const data = inputs[0]!.data as Float32Array;
    const rows = rowsOf(inputs);
    const answers = Array.from({ length: rows }, (_, i) => rule(data[2 * i]!, data[2 * i + 1]!));
    return Promise.resolve(matrix(answers));
  };
}

function matrix(rows: readonly (readonly number[])[]): Matrix<Float32Array> {
  return { data: Float32Array.from(rows.flat()), rows: rows.length, cols: rows[0]!.length };
}

const sum = rowModel((a, b) => [a + b]);
const missingIsZero = rowModel((a, b) => [(a || 0) + (b || 0)]);

describe("on rows like its own", () => {
  test("a model that answers each with a number is fine", async () => {
    expect(await ownFindings(sum, number, own)).toBeNull();
    expect(await noiseFindings(sum, number, own)).toBeNull();
    expect(await batchFindings(sum, number, own)).toBeNull();
    expect(await edgeFindings(missingIsZero, number, own)).toBeNull();
  });

  test.each<[string, Run, string]>([
    ["drops rows", () => Promise.resolve(matrix([[1]])), "rows_lost"],
    ["gives two numbers for one", rowModel((a, b) => [a, b]), "width"],
    ["divides by nothing", rowModel((a) => [a / 0]), "not_finite"],
    ["says the same of all", rowModel(() => [7]), "constant"],
  ])("a model that %s is refused", async (_, run, code) => {
    expect(await ownFindings(run, number, own)).toMatchObject({ state: "refused", code });
  });

  test("a model that answers otherwise the second time is refused", async () => {
    let calls = 0;
    const moody: Run = async (inputs) => {
      const answer = await sum(inputs);
      return { ...answer, data: answer.data.map((value) => value + calls++) };
    };
    const found = await ownFindings(moody, number, own);
    expect(found).toMatchObject({ state: "refused", code: "changing" });
  });

  test("scores that are no probabilities are told of, probabilities are not", async () => {
    const logits = rowModel((a, b) => [a, -b]);
    expect(await ownFindings(logits, classes, own)).toMatchObject({
      state: "warned",
      code: "no_probabilities",
    });
    const shares = rowModel((a) => [1 / (1 + a), a / (1 + a)]);
    expect(await ownFindings(shares, classes, own)).toBeNull();
  });
});

describe("on odd rows", () => {
  test("no number for what is missing is told of, and so is breaking there", async () => {
    expect(await edgeFindings(sum, number, own)).toMatchObject({
      state: "warned",
      code: "not_finite",
      message: expect.stringContaining("nothing is known") as string,
    });
    const picky: Run = (inputs) => {
      const isOdd = (inputs[0]!.data as Float32Array).some((value) => Number.isNaN(value));
      return isOdd ? Promise.reject(new Error("NaN")) : sum(inputs);
    };
    expect(await edgeFindings(picky, number, own)).toMatchObject({ code: "breaks" });
  });

  test("breaking on zeros is refused", async () => {
    const picky: Run = (inputs) => {
      const isZero = (inputs[0]!.data as Float32Array).every((value) => value === 0);
      return isZero ? Promise.reject(new Error("0")) : missingIsZero(inputs);
    };
    expect(await edgeFindings(picky, number, own)).toMatchObject({ state: "refused" });
  });
});

test("a row that is answered otherwise among a thousand is found", async () => {
  const centred: Run = async (inputs) => {
    const { data, ...rest } = await sum(inputs);
    const mean = data.reduce((so, value) => so + value, 0) / data.length;
    return { ...rest, data: data.map((value) => value - mean) };
  };
  expect(await batchFindings(centred, number, own)).toMatchObject({
    state: "refused",
    code: "changing",
  });
});

test("the time for a thousand rows is told, and a long one is noted", async () => {
  let clock = 0;
  const taking = (ms: number) => speedFindings(sum, own, () => (clock += ms));
  expect(await taking(2000)).toMatchObject({ state: "passed", details: { secondsPer1000: 2 } });
  expect(await taking(20_000)).toMatchObject({ state: "warned", code: "slow" });
});
