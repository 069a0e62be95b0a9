import { join } from "node:path";

import { expect, test } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import type { Compute } from "../../../../../src/engine/specification/kernel/compute";
import { innerProduct } from "../../../../../src/engine/specification/kernel/mmd";
import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";
import type { Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { weighPoints } from "../../../../../src/engine/specification/reduce/objective";
import {
  reduceRows,
  type ReduceOptions,
} from "../../../../../src/engine/specification/reduce/reduce";
import type { Specification } from "../../../../../src/engine/specification/specification";
import { WasmCompute } from "../../../../../src/runtime/compute/wasm/wasm-compute";
import { readNpy } from "../../../../bench/spec-tables";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";

const gamma = 0.1;
const kernel = gaussianKernel(gamma);

/** Squared MMD of the Python package's set of 100 points, median of five seeds, and our share of it. */
test.for([
  ["synthetic-d4", 1.1957e-6, 0.1],
  ["wine", 1.32563e-3, 0.08],
] as const)("%s is met far more closely than by the package", async ([name, published, share]) => {
  const x = readNpy(join(import.meta.dirname, `../../../../fixtures/quality/${name}.npy`));
  const rkme = await reduce(x, { kernel, count: 100 });
  expect(await squaredMmdToRows(x, rkme)).toBeLessThan(share * published);
});

test("a table that few points describe up to its sampling noise gets few", async () => {
  const x = gaussian(3000, 2);
  const rkme = await reduce(x, { kernel });
  expect(rkme.points.rows).toBe(25);
  expect(await squaredMmdToRows(x, rkme)).toBeLessThan(1 / x.rows);
});

test("a table that takes more gets the most there may be", async () => {
  expect((await reduce(gaussian(600, 15), { kernel })).points.rows).toBe(60);
  expect((await reduce(gaussian(3000, 15), { kernel })).points.rows).toBe(100);
});

test("as many points come back as are asked for", async () => {
  expect((await reduce(gaussian(3000, 2), { kernel, count: 40 })).points.rows).toBe(40);
});

test("a large table is weighted on all of its rows, though its points were placed on some", async () => {
  const x = gaussian(6000, 3);
  const { points, weights } = await reduce(x, { kernel, count: 20 });
  const rows = await new ReferenceCompute().load(x);
  const best = await weighPoints(rows, points, { gamma });
  for (const [j, weight] of weights.entries()) expect(weight).toBeCloseTo(best.weights[j]!, 3);
  expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
});

test("everything loaded on the way is disposed of", async () => {
  const counting = new CountingCompute();
  const x = gaussian(6000, 3);
  const rows = await counting.load(x);
  await finish(reduceRows(counting, rows, x, { kernel }));
  expect(counting.held).toBe(1);
});

test("points are in single precision, and the same seed gives the same ones", async () => {
  const x = gaussian(500, 4);
  const [one, two] = [await reduce(x, { kernel, seed: 3 }), await reduce(x, { kernel, seed: 3 })];
  expect(one).toEqual(two);
  expect(one.points.data.every((value) => Math.fround(value) === value)).toBe(true);
});

test.for([0, -1, 2.5, NaN])("%d points are refused", async (count) => {
  await expect(reduce(gaussian(50, 2), { kernel, count })).rejects.toMatchObject({
    code: "bad_parameter",
  });
});

test("rows of another table are refused", async () => {
  const compute = await WasmCompute.create();
  const rows = await compute.load(gaussian(50, 2));
  const job = finish(reduceRows(compute, rows, gaussian(50, 3), { kernel }));
  await expect(job).rejects.toMatchObject({ code: "shape_mismatch" });
});

class CountingCompute implements Compute {
  readonly name = "typescript";
  readonly #inner = new ReferenceCompute();
  held = 0;

  async load(x: Matrix<Float32Array>) {
    const rows = await this.#inner.load(x);
    const dispose = () => {
      this.held--;
    };
    this.held++;
    return {
      rows: rows.rows,
      cols: rows.cols,
      kernelMeans: rows.kernelMeans.bind(rows),
      kernelPull: rows.kernelPull.bind(rows),
      nearest: rows.nearest.bind(rows),
      featureMeans: rows.featureMeans.bind(rows),
      dispose,
    };
  }

  dispose(): void {
    this.#inner.dispose();
  }
}

async function reduce(x: Matrix<Float32Array>, options: ReduceOptions): Promise<Specification> {
  const compute = await WasmCompute.create();
  return finish(reduceRows(compute, await compute.load(x), x, options));
}

async function squaredMmdToRows(x: Matrix<Float32Array>, rkme: Specification): Promise<number> {
  const rows = await new ReferenceCompute().load(x);
  const self = await rows.kernelMeans(x, gamma);
  const cross = await rows.kernelMeans(rkme.points, gamma);
  return (
    self.reduce((sum, mean) => sum + mean, 0) / x.rows -
    2 * cross.reduce((sum, mean, j) => sum + mean * rkme.weights[j]!, 0) +
    innerProduct(rkme, rkme)
  );
}

function gaussian(rows: number, cols: number): Matrix<Float32Array> {
  const random = seededRandom(rows + cols);
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}
