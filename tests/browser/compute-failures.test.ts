import { expect, test } from "vitest";

import type { Compute, ComputeName } from "../../src/engine/specification/kernel/compute";
import type { Matrix } from "../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../src/engine/ground/random";
import { chooseCompute } from "../../src/runtime/compute/choose-compute";
import { DeviceFailure, OwnedDevice } from "../../src/runtime/device";
import type { Threads } from "../../src/runtime/compute/parallel/parallel-compute";
import { ResilientCompute } from "../../src/runtime/compute/resilient-compute";
import { workerThread } from "../../src/runtime/threads/worker-thread";
import { WebGpuCompute } from "../../src/runtime/compute/webgpu/webgpu-compute";
import KernelsWorker from "../../workers/kernels.worker.ts?worker";

const x = normals(20_000, 8);
const z = normals(50, 8);

test("a device that is destroyed under a job is followed by WASM, for good", async () => {
  const owner = await openDevice();
  const gpu = new WebGpuCompute(owner);
  const opened: ComputeName[] = [];
  const computing = new ResilientCompute(async (choice) => {
    const compute = choice === "auto" ? gpu : await chooseCompute(choice);
    opened.push(compute.name);
    return compute;
  }, undefined);
  const first = await computing.run((compute) =>
    sums(compute, () => {
      if (compute === gpu) owner.device.destroy();
    }),
  );
  expect(first.compute).toBe("wasm");
  expect(first.result).toEqual(await sums(await chooseCompute("wasm")));
  expect((await computing.run(sums)).compute).toBe("wasm");
  expect(opened).toEqual(["webgpu", "wasm"]);
  await computing.dispose();
});

test("an error that no scope caught fails what comes after it", async () => {
  const owner = await openDevice();
  const rows = await new WebGpuCompute(owner).load(x);
  // Not a combination of uses that there is; nobody asks for this error.
  owner.device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE });
  await owner.device.queue.onSubmittedWorkDone();
  const answer = rows.kernelMeans(z, 0.1);
  await expect(answer).rejects.toBeInstanceOf(DeviceFailure);
  await expect(answer).rejects.toThrow("the GPU refused work");
  owner.dispose();
});

test("a helper thread that dies is followed by one thread", async () => {
  const workers: Worker[] = [];
  const threads: Threads = {
    spawn: () => {
      const worker = new KernelsWorker();
      workers.push(worker);
      return workerThread(worker);
    },
    count: 2,
    fewestNumbers: 0,
  };
  const computing = new ResilientCompute(
    (choice, given) => chooseCompute(choice, undefined, given),
    threads,
  );
  await computing.use("wasm");
  const { result, compute } = await computing.run((one) =>
    sums(one, () => workers[0]?.dispatchEvent(new ErrorEvent("error", { message: "gone" }))),
  );
  expect(compute).toBe("wasm");
  expect(result).toEqual(await sums(await chooseCompute("wasm")));
  expect(workers.length).toBe(2);
  await computing.dispose();
});

test("what is no failure of a device is passed on at once", async () => {
  let opened = 0;
  const computing = new ResilientCompute((choice) => {
    opened++;
    return chooseCompute(choice);
  }, undefined);
  const refuse = async () => {
    throw new RangeError("too large");
  };
  await expect(computing.run(refuse)).rejects.toThrow("too large");
  expect(opened).toBe(1);
  await computing.dispose();
});

async function sums(compute: Compute, meanwhile?: () => void): Promise<Float64Array> {
  const rows = await compute.load(x);
  const answer = rows.kernelMeans(z, 0.1);
  meanwhile?.();
  return answer;
}

async function openDevice(): Promise<OwnedDevice> {
  const owner = await OwnedDevice.open(true);
  if (!owner) throw new Error("this browser has no WebGPU adapter, not even a software one");
  return owner;
}

function normals(rows: number, cols: number): Matrix<Float32Array> {
  const random = seededRandom(rows);
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}
