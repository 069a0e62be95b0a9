import { expect, test, vi } from "vitest";

import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { chooseCompute } from "../../../../src/runtime/compute/choose-compute";
import { WasmCompute } from "../../../../src/runtime/compute/wasm/wasm-compute";
import { computeContract } from "../../../browser/compute.suite";

computeContract("ReferenceCompute", async () => new ReferenceCompute());
computeContract("WasmCompute", () => WasmCompute.create());

test("without a GPU, automatic and forced choices both fall back to WASM", async () => {
  expect((await chooseCompute("auto")).name).toBe("wasm");
  expect((await chooseCompute("webgpu")).name).toBe("wasm");
  expect((await chooseCompute("typescript")).name).toBe("typescript");
});

test("questions that breathe do not write over each other's sums", async () => {
  const compute = await WasmCompute.create();
  const random = seededRandom(1);
  const x = Float32Array.from({ length: 400_000 }, () => normal(random));
  const rows = await compute.load({ data: x, rows: 40_000, cols: 10 });
  const many = { data: x.subarray(0, 6000), rows: 600, cols: 10 };
  const few = { data: x.subarray(0, 30), rows: 3, cols: 10 };
  const alone = [await rows.kernelMeans(many, 0.1), (await rows.kernelPull(few, 0.1)).means];
  const [first, second] = await Promise.all([
    rows.kernelMeans(many, 0.1),
    rows.kernelPull(few, 0.1),
  ]);
  expect([first, second.means]).toEqual(alone);
});

test("a table that was not yet asked about takes over the memory of one that went", async () => {
  const instances = vi.spyOn(WebAssembly, "instantiate");
  const compute = await WasmCompute.create();
  const random = seededRandom(2);
  const table = (rows: number) => ({
    data: Float32Array.from({ length: 3 * rows }, () => normal(random)),
    rows,
    cols: 3,
  });
  const [all, part] = [table(5000), table(100)];
  const rows = await compute.load(all);
  const sample = await compute.load(part);
  await sample.kernelMeans(part, 0.1);
  sample.dispose();
  const means = await rows.kernelMeans(part, 0.1);
  expect(instances).toHaveBeenCalledTimes(1);
  const expected = await (await new ReferenceCompute().load(all)).kernelMeans(part, 0.1);
  means.forEach((mean, j) => expect(mean).toBeCloseTo(expected[j]!, 6));
  instances.mockRestore();
});

test("work breathes often enough to be stopped, and stops when the breath throws", async () => {
  let breaths = 0;
  const compute = await WasmCompute.create(async () => {
    breaths++;
    if (breaths === 3) throw new Error("stopped");
  });
  const rows = await compute.load({ data: new Float32Array(600_000), rows: 60_000, cols: 10 });
  const z = { data: new Float64Array(10_000), rows: 1000, cols: 10 };
  await expect(rows.kernelMeans(z, 1)).rejects.toThrow("stopped");
  expect(breaths).toBe(3);
});
