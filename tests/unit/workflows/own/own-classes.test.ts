import { expect, test } from "vitest";

import { ownClasses } from "../../../../src/workflows/own/own-classes";

test("of two classes, what is found, what is right when said, and how often it knows which is which", () => {
  const certain = [0.9, 0.4, 0.6, 0.2, 0.1];
  const data = Float64Array.from(certain.flatMap((p) => [1 - p, p]));
  const codes = Int32Array.of(1, 1, 0, 0, 0);
  const heldOut = { data, rows: 5, cols: 2 };
  expect(ownClasses(heldOut, { task: "classification", codes, classes: 2 })).toEqual({
    counts: [
      { rows: 3, said: 3, right: 2 },
      { rows: 2, said: 2, right: 1 },
    ],
    confusion: [
      [2, 1],
      [1, 1],
    ],
    // Of the six pairs one is the wrong way round.
    auc: 5 / 6,
  });
});

test("of many classes, how each is found, without pairs", () => {
  const classes = 40;
  const data = new Float64Array(classes * classes);
  for (let row = 0; row < classes; row++) data[row * classes + row] = 1;
  const codes = Int32Array.from({ length: classes }, (_, code) => code);
  const heldOut = { data, rows: classes, cols: classes };
  const { counts, confusion, auc } = ownClasses(heldOut, {
    task: "classification",
    codes,
    classes,
  });
  expect(counts).toEqual(Array(classes).fill({ rows: 1, said: 1, right: 1 }));
  expect([confusion, auc]).toEqual([null, null]);
});
