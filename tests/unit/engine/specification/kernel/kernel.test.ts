import { expect, test } from "vitest";

import { fromRows } from "../../../../../src/engine/ground/matrix";
import {
  gaussianGamma,
  gaussianKernel,
  type Kernel,
  sameKernel,
} from "../../../../../src/engine/specification/kernel/kernel";
import { squaredMmd } from "../../../../../src/engine/specification/kernel/mmd";

const unknown = { kind: "nngp", depth: 3 } as unknown as Kernel;

test("gives the width of a Gaussian kernel and refuses every other by its code", () => {
  expect(gaussianGamma(gaussianKernel(0.3))).toBe(0.3);
  expect(() => gaussianGamma(unknown)).toThrow(
    expect.objectContaining({ code: "unsupported_kernel" }),
  );
  for (const gamma of [0, NaN, Infinity]) {
    expect(() => gaussianGamma(gaussianKernel(gamma))).toThrow(
      expect.objectContaining({ code: "bad_parameter" }),
    );
  }
});

test("embeddings under an unknown kernel are not compared", () => {
  const set = { points: fromRows([[1]]), weights: Float64Array.of(1), rowCount: 1 };
  const under = (kernel: Kernel) => ({ ...set, kernel });
  expect(squaredMmd(under(gaussianKernel(1)), under(gaussianKernel(1)))).toBe(0);
  expect(() => squaredMmd(under(unknown), under(gaussianKernel(1)))).toThrow("nngp");
});

test("two kernels are the same if their kind and width are", () => {
  expect(sameKernel(gaussianKernel(0.1), gaussianKernel(0.1))).toBe(true);
  expect(sameKernel(gaussianKernel(0.1), gaussianKernel(0.2))).toBe(false);
  expect(() => sameKernel(gaussianKernel(0.1), unknown)).toThrow("nngp");
});
