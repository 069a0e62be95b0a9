import { expect, test } from "vitest";

import { ReferenceCompute } from "../../src/engine/kernel/reference-compute";
import { chooseCompute } from "../../src/runtime/choose-compute";
import { DeviceFailure, OwnedDevice } from "../../src/runtime/device";
import { GpuPrograms } from "../../src/runtime/gpu-program";
import { WasmCompute } from "../../src/runtime/wasm-compute";
import { WebGpuCompute } from "../../src/runtime/webgpu-compute";
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
