import { expect, test } from "vitest";

import {
  type AveragingMode,
  averagePredictions,
  type Prediction,
} from "../../../src/reference/averaging";
import { fromRows } from "../../../src/engine/ground/matrix";
import { readGoldenText } from "../../fixtures/golden/read-golden";
import { parsePythonJson } from "../../../src/reference/python-json";

interface Case {
  readonly name: string;
  readonly mode: AveragingMode;
  /** As Python's own numbers: bigint for int, number for float. */
  readonly preds: readonly Output[];
  readonly shape?: readonly number[];
  readonly out?: Output;
  readonly error?: string;
}

type Output = readonly Cell[] | readonly (readonly Cell[])[];
type Cell = number | bigint;

const { cases } = plain(parsePythonJson(readGoldenText("averaging.json"))) as {
  readonly cases: readonly Case[];
};

test.for(cases)("averages $name by $mode as the package does", (golden) => {
  const predictions = golden.preds.map(prediction);
  if (golden.error !== undefined) {
    expect(() => averagePredictions(predictions, golden.mode)).toThrow(
      expect.objectContaining({ code: "bad_parameter" }) as Error,
    );
    return;
  }
  const { data, rows, cols } = averagePredictions(predictions, golden.mode);
  const [n, c = 1] = golden.shape!.map(Number);
  expect([rows, cols]).toEqual([n, c]);
  const expected = golden.out!.flat().map(Number);
  data.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-12));
});

test("refuses no prediction at all, and predictions that differ in shape", () => {
  expect(() => averagePredictions([], "mean")).toThrow(
    expect.objectContaining({ code: "bad_parameter" }) as Error,
  );
  const two = [prediction([[1, 2]]), prediction([[1, 2, 3]])];
  const mismatch = expect.objectContaining({ code: "shape_mismatch" }) as Error;
  expect(() => averagePredictions(two, "vote_by_prob")).toThrow(mismatch);
  expect(() => averagePredictions([...two, prediction([1, 2])], "mean")).toThrow(mismatch);
  expect(averagePredictions(two, "mean").data[0]).toBeCloseTo(9 / 5, 15);
});

function prediction(output: Output): Prediction {
  const rows = output.map((row) => (typeof row === "object" ? row : [row]));
  return {
    values: fromRows(rows.map((row) => row.map(Number))),
    isMatrix: typeof output[0] === "object",
    isInteger: rows.flat().every((cell) => typeof cell === "bigint"),
  };
}

function plain(value: unknown): unknown {
  if (value instanceof Map) {
    return Object.fromEntries(Array.from(value as Map<string, unknown>, ([k, v]) => [k, plain(v)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}
