import { describe, expect, it } from "vitest";

import { fromRows, type Matrix, toRows } from "../../../../../src/engine/ground/matrix";
import { fillWithMeans } from "../../../../../src/engine/reuse/outputs/fill-means";
import { alignOutputs } from "../../../../../src/engine/reuse/outputs/outputs";
import {
  type ClassForm,
  recogniseForm,
  toProbabilities,
} from "../../../../../src/engine/reuse/outputs/probabilities";
import { readGolden } from "../../../../fixtures/golden/read-golden";

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe("recogniseForm", () => {
  it.each<[string, number[][], ClassForm]>([
    [
      "probabilities",
      [
        [0.2, 0.8],
        [1, 0],
      ],
      "shares",
    ],
    [
      "single-precision probabilities",
      [
        [0.2, 0.8003],
        [0.9999, 0],
      ],
      "shares",
    ],
    [
      "votes of ten trees",
      [
        [3, 7],
        [10, 0],
      ],
      "shares",
    ],
    ["one row of probabilities", [[0.25, 0.75]], "shares"],
    [
      "one classifier per class",
      [
        [0.2, 0.3],
        [0.9, 0.8],
      ],
      "scores",
    ],
    [
      "numbers below zero",
      [
        [0.2, 0.8],
        [-0.5, 1.5],
      ],
      "logits",
    ],
    [
      "positive numbers of different totals",
      [
        [1, 2],
        [3, 4],
      ],
      "logits",
    ],
    ["one row of positive numbers", [[2, 5]], "logits"],
  ])("takes %s for what they are", (_, rows, form) => {
    expect(recogniseForm(fromRows(rows))).toBe(form);
  });
});

describe("toProbabilities", () => {
  it("divides shares and scores by their sum, and puts logits through a softmax", () => {
    const third = Math.log(3);
    expect(toRows(toProbabilities(fromRows([[3, 1]]), "shares"))).toEqual([[0.75, 0.25]]);
    expect(toRows(toProbabilities(fromRows([[0, 0]]), "scores"))).toEqual([[0.5, 0.5]]);
    const { data } = toProbabilities(fromRows([[1000 + third, 1000]]), "logits");
    expect(data[0]).toBeCloseTo(0.75, 12);
  });
});

describe("fillWithMeans", () => {
  it("fills as the Python package does", () => {
    // JSON has no word for what is not finite: NaN is null there, and infinity a text.
    const { fill_mean: golden } = readGolden("feature_augment") as {
      readonly fill_mean: {
        readonly X: readonly (readonly (number | string | null)[])[];
        readonly filled: readonly (readonly number[])[];
      };
    };
    const rows = golden.X.map((row) => row.map((cell) => (cell === null ? NaN : Number(cell))));
    const expected = golden.filled.flat();
    fillWithMeans(fromRows(rows)).data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 14);
    });
  });

  it("refuses a column without a finite number", () => {
    expect(() =>
      fillWithMeans(
        fromRows([
          [1, NaN],
          [2, Infinity],
        ]),
      ),
    ).toThrow(refusal("bad_parameter"));
  });
});

describe("alignOutputs", () => {
  const classes = (id: string, labels: string[], values: Matrix) => ({ id, labels, values });
  const numbers = (id: string, values: Matrix) => ({ id, labels: null, values });

  it("matches classes by name, those the user knows first, and turns logits into probabilities", () => {
    const outputs = alignOutputs(
      [
        classes(
          "a",
          ["no", "yes"],
          fromRows([
            [0.25, 0.75],
            [1, 0],
          ]),
        ),
        classes(
          "b",
          ["yes", "no"],
          fromRows([
            [0, Math.log(3)],
            [-5, -5],
          ]),
        ),
      ],
      ["maybe", "yes"],
    );
    expect(outputs).toMatchObject({ task: "classification", labels: ["maybe", "yes", "no"] });
    expect(outputs.values.map((values) => [...values.data.slice(0, 2)])).toEqual([
      [0, 0.75],
      [0, expect.closeTo(0.25, 12)],
    ]);
  });

  it("keeps several numbers per row apart, and fills what is not finite", () => {
    const outputs = alignOutputs([
      numbers(
        "a",
        fromRows([
          [1, 10],
          [NaN, 20],
        ]),
      ),
      numbers(
        "b",
        fromRows([
          [3, 30],
          [5, 50],
        ]),
      ),
    ]);
    expect(outputs.values.map(toRows)).toEqual([
      [
        [1, 10],
        [1, 20],
      ],
      [
        [3, 30],
        [5, 50],
      ],
    ]);
  });

  it("names the learnware that never answers a finite number", () => {
    const raw = [numbers("a", fromRows([[1]])), numbers("b", fromRows([[NaN]]))];
    expect(() => alignOutputs(raw)).toThrow(
      expect.objectContaining({ code: "bad_model", details: { learnware: "b" } }) as Error,
    );
  });

  it("refuses nothing at all, numbers beside classes, and shapes that disagree", () => {
    const one = numbers("a", fromRows([[1]]));
    expect(() => alignOutputs([])).toThrow(refusal("bad_parameter"));
    expect(() => alignOutputs([one, classes("b", ["x"], fromRows([[1]]))])).toThrow(
      refusal("bad_parameter"),
    );
    expect(() => alignOutputs([one, numbers("b", fromRows([[1], [2]]))])).toThrow(
      refusal("shape_mismatch"),
    );
    expect(() => alignOutputs([classes("a", ["x"], fromRows([[1, 0]]))])).toThrow(
      refusal("shape_mismatch"),
    );
  });
});
