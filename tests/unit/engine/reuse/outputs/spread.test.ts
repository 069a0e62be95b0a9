import { expect, test } from "vitest";

import { fromRows } from "../../../../../src/engine/ground/matrix";
import { spreadOf } from "../../../../../src/engine/reuse/outputs/spread";

const numbers = (...rows: number[]) => fromRows(rows.map((value) => [value]));

test("of numbers is where the middle half of the learnwares that are used lies", () => {
  const values = [4, 2, 1, 3, 5, 99].map((value) => numbers(value, -value));
  const isUsed = [true, true, true, true, true, false];
  const spread = spreadOf({ task: "regression", rows: 2, values }, isUsed, numbers(3, -3));
  expect([...spread!.data]).toEqual([2, 4, -4, -2]);
});

test("of classes is the share that finds the predicted one most probable", () => {
  const values = [
    [0.9, 0.1],
    [0.6, 0.4],
    [0.2, 0.8],
    [0.7, 0.3],
  ].map((row) => fromRows([row]));
  const outputs = { task: "classification", rows: 1, labels: ["no", "yes"], values } as const;
  const spread = spreadOf(outputs, [true, true, true, true], fromRows([[0.6, 0.4]]));
  expect([...spread!.data]).toEqual([0.75]);
});

test("of a single learnware is none", () => {
  const outputs = { task: "regression", rows: 1, values: [numbers(1), numbers(2)] } as const;
  expect(spreadOf(outputs, [false, true], numbers(2))).toBeNull();
});
