import { describe, expect, it } from "vitest";

import { weighByClasses } from "../../../../../src/engine/reuse/evidence/known-classes";

describe("weighByClasses", () => {
  it("gives 32 times as much to who knows four times the classes", () => {
    const shares = weighByClasses(Float64Array.of(0.5, 0.5), [2, 8]);
    expect(shares[0]).toBeCloseTo(1 / 33, 12);
    expect(shares[1]).toBeCloseTo(32 / 33, 12);
  });

  it("keeps to how near each lies, and to who has no share", () => {
    const shares = weighByClasses(Float64Array.of(32, 1, 0), [1, 4, 5]);
    expect([...shares]).toEqual([0.5, 0.5, 0]);
  });

  it.for([
    ["all know as many", [3, 3]],
    ["numbers are predicted", [0, 0]],
  ] as const)("leaves shares as they are where %s", ([, classes]) => {
    const shares = Float64Array.of(0.3, 0.9);
    expect(weighByClasses(shares, classes)).toBe(shares);
  });
});
