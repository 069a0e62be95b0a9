import { expect, test } from "vitest";

import { ReferenceCompute } from "../../src/engine/specification/kernel/reference-compute";
import { randomFeatures } from "../../src/engine/specification/kernel/random-features";
import { normal, seededRandom } from "../../src/engine/ground/random";
import { chooseCompute } from "../../src/runtime/compute/choose-compute";
import { DeviceFailure, OwnedDevice } from "../../src/runtime/device";
import { GpuPrograms } from "../../src/runtime/compute/webgpu/gpu-program";
import { WasmCompute } from "../../src/runtime/compute/wasm/wasm-compute";
import { WebGpuCompute } from "../../src/runtime/compute/webgpu/webgpu-compute";
import { computeContract } from "./compute.suite";

computeContract("ReferenceCompute", async () => new ReferenceCompute());
computeContract("WasmCompute", () => WasmCompute.create());
computeContract("WebGpuCompute", async () => new WebGpuCompute(await openDevice()));

test("a software adapter is used only when it is asked for", async () => {
  const forced = await chooseCompute("webgpu");
  expect(forced.name).toBe("webgpu");
  forced.dispose();
  const owner = await openDevice();
  const automatic = await chooseCompute("auto");
  expect(automatic.name).toBe(owner.info.isFallbackAdapter ? "wasm" : "webgpu");
  owner.dispose();
  automatic.dispose();
});

test.for([3, 40, 784])(
  "rows of %i columns that need several buffers are summed as one table",
  async (d) => {
    const owner = await openDevice();
    Object.defineProperty(owner, "largestBufferBytes", { value: 4 * d * 300 });
    const random = seededRandom(d);
    const x = {
      data: Float32Array.from({ length: 1000 * d }, () => normal(random)),
      rows: 1000,
      cols: d,
    };
    const z = { data: Float64Array.from(x.data.subarray(0, 5 * d)), rows: 5, cols: d };
    const [rows, expected] = await Promise.all([
      new WebGpuCompute(owner).load(x),
      new ReferenceCompute().load(x),
    ]);
    const gamma = 1 / (2 * d);
    const { means, pull } = await rows.kernelPull(z, gamma);
    const exact = await expected.kernelPull(z, gamma);
    const sums = [...exact.means, ...exact.pull.data];
    [...means, ...pull.data].forEach((sum, i) => expect(sum).toBeCloseTo(sums[i]!, 6));
    expect((await rows.nearest(z)).index).toEqual((await expected.nearest(z)).index);
    const features = randomFeatures({ cols: d, gamma, seed: "parts", count: 32 });
    const sketch = await expected.featureMeans(features);
    (await rows.featureMeans(features)).forEach((mean, j) =>
      expect(mean).toBeCloseTo(sketch[j]!, 5),
    );
    owner.dispose();
  },
);

test("a shader that does not compile is a failure, not zeros", async () => {
  const owner = await openDevice();
  const programs = new GpuPrograms(owner);
  await expect(programs.compile("@compute fn main() { nonsense }")).rejects.toBeInstanceOf(
    DeviceFailure,
  );
  owner.dispose();
});

test("a lost device fails the work that was waiting for it", async () => {
  const owner = await openDevice();
  const rows = await new WebGpuCompute(owner).load({
    data: new Float32Array(8),
    rows: 4,
    cols: 2,
  });
  owner.dispose();
  const z = { data: new Float64Array(2), rows: 1, cols: 2 };
  await expect(rows.kernelMeans(z, 1)).rejects.toBeInstanceOf(DeviceFailure);
});

async function openDevice(): Promise<OwnedDevice> {
  const owner = await OwnedDevice.open(true);
  if (!owner) throw new Error("this browser has no WebGPU adapter, not even a software one");
  return owner;
}
