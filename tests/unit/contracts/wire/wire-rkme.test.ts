import { describe, expect, test } from "vitest";

import { WireRkme } from "../../../../src/contracts/http/dock-api";
import { fromWire, toWire } from "../../../../src/contracts/wire/wire-rkme";
import type { Specification } from "../../../../src/engine/specification/specification";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";

const rkme: Specification = {
  points: { data: Float64Array.of(1, -2.5, 3.25, 0), rows: 2, cols: 2 },
  weights: Float64Array.of(0.25, 0.75),
  kernel: gaussianKernel(0.1),
  rowCount: 80,
};

describe("a reduced set on the wire", () => {
  test("comes back as it went, when its numbers fit in single precision", () => {
    expect(fromWire(toWire(rkme))).toEqual(rkme);
  });

  test("is little-endian float32 in base64", () => {
    expect(toWire({ ...rkme, weights: Float64Array.of(1, -2) }).weights).toBe("AACAPwAAAMA=");
  });

  test("survives more numbers than a call takes arguments", () => {
    const data = Float64Array.from({ length: 500_000 }, (_, i) => i % 100);
    const large = { ...rkme, points: { data, rows: 2, cols: 250_000 } };
    expect(fromWire(toWire(large)).points.data).toEqual(data);
  });

  test.each([
    ["a point that is not a number", { weights: Float64Array.of(Number.NaN, 1) }],
    ["a number too large for single precision", { weights: Float64Array.of(1e39, 1) }],
  ])("does not leave with %s", (_, part) => {
    expect(() => toWire({ ...rkme, ...part })).toThrow(
      expect.objectContaining({ code: "bad_input" }),
    );
  });

  test.each([
    ["fewer numbers than its shape", { rows: 3 }],
    ["more numbers than its shape", { cols: 1 }],
    ["text that is not base64", { weights: "?" }],
    ["a number that is infinite", { weights: "AACAfwAAgH8=" }],
  ])("is refused with %s", (_, part) => {
    expect(() => fromWire({ ...toWire(rkme), ...part })).toThrow(
      expect.objectContaining({ code: "bad_input" }),
    );
  });

  test("has a kernel whose width is more than 0, which older messages name by its width alone", () => {
    const { kernel, ...others } = toWire(rkme);
    expect(WireRkme.parse({ ...others, gamma: kernel.gamma })).toEqual({ ...others, kernel });
    expect(WireRkme.safeParse({ ...others, gamma: 0 }).success).toBe(false);
  });
});
