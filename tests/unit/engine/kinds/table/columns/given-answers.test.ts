import { expect, test } from "vitest";

import { givenAnswers } from "../../../../../../src/engine/kinds/table/columns/answers/given-answers";
import { readAnswers } from "../../../../../../src/engine/kinds/table/columns/answers/read-answers";

test("answers given by hand count more than those of a column, and stand alone without one", () => {
  const base = { codes: Int32Array.of(0, 1, -1, -1), categories: ["a", "b"] };
  const byHand = new Map([
    [1, "c"],
    [3, "a"],
  ]);
  const column = givenAnswers(base, 4, byHand);
  expect(readAnswers(column, "classification")).toEqual({
    task: "classification",
    rows: Int32Array.of(0, 1, 3),
    codes: Int32Array.of(0, 2, 0),
    labels: ["a", "b", "c"],
  });
  expect([...base.codes]).toEqual([0, 1, -1, -1]);
  expect([...givenAnswers(null, 2, new Map([[1, "x"]])).codes!]).toEqual([-1, 0]);
});
