import { describe, expect, it } from "vitest";

import { fromRows } from "../../../../../src/engine/ground/matrix";
import { largestColumns, normaliseShares } from "../../../../../src/engine/reuse/outputs/average";

describe("normaliseShares", () => {
  it("divides by the sum", () => {
    expect([...normaliseShares([3, 0, 1])]).toEqual([0.75, 0, 0.25]);
  });

  it.each([[[]], [[0, 0]], [[-1, 2]], [[NaN, 1]]])("refuses the weights %j", (weights) => {
    expect(() => normaliseShares(weights)).toThrow(
      expect.objectContaining({ code: "bad_parameter" }) as Error,
    );
  });
});

describe("largestColumns", () => {
  it("takes the first of equals", () => {
    expect([
      ...largestColumns(
        fromRows([
          [1, 3, 3],
          [2, 1, 0],
        ]),
      ),
    ]).toEqual([1, 0]);
  });
});
