import { afterEach, expect, test } from "vitest";

import type { Matrix } from "../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../src/engine/ground/random";
import { DeviceFailure } from "../../src/runtime/device";
import { ParallelCompute } from "../../src/runtime/compute/parallel/parallel-compute";
import type { Started } from "../../src/runtime/threads/thread";
import { workerThread } from "../../src/runtime/threads/worker-thread";
import KernelsWorker from "../../workers/kernels.worker.ts?worker";
import { computeContract } from "./compute.suite";

const started: Worker[] = [];
afterEach(() => started.splice(0).forEach((worker) => worker.terminate()));

computeContract("ParallelCompute of three threads", () =>
  ParallelCompute.create({
    spawn: () => workerThread(new KernelsWorker()),
    count: 3,
    fewestNumbers: 0,
  }),
);

test("the caller keeps its rows, and the same threads give the same numbers to the bit", async () => {
  const x = normals(5000, 20);
  const before = x.data.slice();
  const z = { data: x.data.slice(0, 2000), rows: 100, cols: 20 };
  const answers = [];
  for (let run = 0; run < 2; run++) {
    const compute = await ParallelCompute.create({ spawn, count: 2, fewestNumbers: 0 });
    const rows = await compute.load(x);
    answers.push(await rows.kernelPull(z, 0.025));
    compute.dispose();
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(x.data).toEqual(before);
});

test("a small table starts no thread", async () => {
  const compute = await ParallelCompute.create({ spawn, count: 2 });
  const rows = await compute.load(normals(1000, 20));
  await rows.kernelMeans(normals(3, 20), 0.1);
  expect(started).toEqual([]);
  compute.dispose();
});

test("work stops within 300 ms of the breath that throws, and the threads work on", async () => {
  let stopAt = Infinity;
  const compute = await ParallelCompute.create({ spawn, count: 2 }, async () => {
    if (performance.now() >= stopAt) throw new Error("stopped");
  });
  const rows = await compute.load(normals(100_000, 20));
  const z = normals(2000, 20);
  stopAt = performance.now() + 100;
  await expect(rows.kernelPull(z, 0.1)).rejects.toThrow("stopped");
  expect(performance.now() - stopAt).toBeLessThan(300);
  stopAt = Infinity;
  const means = await rows.kernelMeans(normals(2, 20), 0.1);
  expect(means.every((mean) => mean > 0 && mean < 1)).toBe(true);
  compute.dispose();
});

test("a thread whose script cannot start is a failure", async () => {
  const compute = await ParallelCompute.create({
    spawn: () => workerThread(new Worker("/no/such/script.js", { type: "module" })),
    count: 2,
    fewestNumbers: 0,
  });
  await expect(compute.load(normals(100, 2))).rejects.toBeInstanceOf(DeviceFailure);
  compute.dispose();
});

test("a thread that dies under the work is a failure", async () => {
  const compute = await ParallelCompute.create({ spawn, count: 2, fewestNumbers: 0 });
  const rows = await compute.load(normals(100_000, 20));
  const work = rows.kernelPull(normals(2000, 20), 0.1);
  // What the browser does when a worker throws what nobody catches.
  started[1]!.dispatchEvent(new ErrorEvent("error", { message: "gone" }));
  await expect(work).rejects.toThrow("a helper thread failed: gone");
  await expect(rows.nearest(normals(2, 20))).rejects.toBeInstanceOf(DeviceFailure);
  compute.dispose();
});

test("a place without threads says so", async () => {
  const compute = await ParallelCompute.create({
    spawn: () => {
      throw new ReferenceError("Worker is not defined");
    },
    count: 2,
    fewestNumbers: 0,
  });
  await expect(compute.load(normals(10, 2))).rejects.toBeInstanceOf(DeviceFailure);
});

function spawn(): Started {
  const worker = new KernelsWorker();
  started.push(worker);
  return workerThread(worker);
}

function normals(rows: number, cols: number): Matrix<Float32Array> {
  const random = seededRandom(rows);
  return { data: Float32Array.from({ length: rows * cols }, () => normal(random)), rows, cols };
}
