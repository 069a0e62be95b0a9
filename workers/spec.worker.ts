/** @file Describes rows and ranks what the dock found. Needs no network: rows come over a port, WASM is in the bundle. */

import "../src/contracts/no-eval";

import type { RowBlock, RowSource } from "../src/contracts/workers/data-api";
import { AppError } from "../src/contracts/outcome";
import { coarseCount } from "../src/contracts/wire/wire-rkme";
import type { PrivacyBudget, SpecApi } from "../src/contracts/workers/spec-api";
import { knownColumns } from "../src/engine/kinds/table/fill/fill-in";
import type { FeatureMatch, Island } from "../src/engine/kinds/table/space/island";
import type { Compute } from "../src/engine/specification/kernel/compute";
import type { RandomFeatures } from "../src/engine/specification/kernel/random-features";
import type { Matrix } from "../src/engine/ground/matrix";
import { Mutex } from "../src/engine/ground/mutex";
import {
  clipRows,
  privateSketch,
} from "../src/engine/specification/publish/differential-privacy/private-sketch";
import type { Steps } from "../src/engine/ground/progress";
import { sampleIndices, seededRandom } from "../src/engine/ground/random";
import { islandFeatures } from "../src/engine/search/island-features";
import { describeRows } from "../src/engine/specification/describe";
import { chooseCompute } from "../src/runtime/compute/choose-compute";
import { ResilientCompute } from "../src/runtime/compute/resilient-compute";
import { gaussianKernel, type Kernel } from "../src/engine/specification/kernel/kernel";
import { rankKnown } from "../src/engine/search/rank-known";
import { drive } from "../src/runtime/threads/drive";
import { nextTask } from "../src/runtime/threads/next-task";
import { type Job, serve, stopIfAborted } from "../src/runtime/threads/serve";
import type { Started, Thread } from "../src/runtime/threads/thread";
import { workerThread } from "../src/runtime/threads/worker-thread";
import { rowSourceAt } from "./row-source";

/** What `rank` needs of the last description. */
interface Described {
  readonly x: Matrix<Float32Array>;
  readonly kernel: Kernel;
  /** Encoded columns that the user's table has; the others were filled in. */
  readonly known: readonly number[];
}

/** Rows that candidates are ranked on; more would not change the order. */
const RANKED_ROWS = 10_000;

const MOST_THREADS = 8;

let rowSource: Thread<RowSource> | null = null;
const computing = new ResilientCompute(
  (choice, threads) => chooseCompute(choice, stopHere, threads),
  { spawn: spawnHelper, count: Math.min(navigator.hardwareConcurrency, MOST_THREADS) },
);
let running: AbortSignal | null = null;
let described: Described | null = null;
/** Jobs wait for each other: they share one device, and one signal that stops it. */
const mutex = new Mutex();

serve<SpecApi>({
  connectRows(port) {
    rowSource = rowSourceAt(port);
  },

  useCompute: (wanted) => mutex.take(() => computing.use(wanted)),

  describe: (island, matches, job) =>
    inTurn(job, async () => {
      const started = performance.now();
      const x = await scaledRows(island, matches, job);
      const kernel = gaussianKernel(island.gamma);
      const { result, compute } = await onDevice(job, (one) => describeRows(one, x, { kernel }));
      result.rows.dispose();
      described = { x: sample(x), kernel, known: knownColumns(island, matches) };
      const { rkme, preflight } = result;
      const milliseconds = performance.now() - started;
      job.give([rkme.points.data, rkme.weights]);
      return { rkme, preflight, compute, milliseconds };
    }),

  sketch: (island, matches, privacy, job) =>
    inTurn(job, async () => {
      const started = performance.now();
      const x = await scaledRows(island, matches, job);
      clipRows(x);
      const features = islandFeatures(island, x.cols);
      const { result, compute } = await onDevice(job, (one) => sumUp(one, x, features));
      const known = knownColumns(island, matches);
      described = { x: sample(x), kernel: gaussianKernel(island.gamma), known };
      const rowCount = x.rows;
      const sketch = privacy ? hide(result, rowCount, privacy) : Float32Array.from(result);
      const { epsilon, delta } = privacy ?? { epsilon: null, delta: null };
      const milliseconds = performance.now() - started;
      return { sketch, rowCount, epsilon, delta, compute, milliseconds };
    }),

  rank: (candidates, job) =>
    inTurn(job, async () => {
      if (!described) throw new AppError("bad_input", "nothing was described yet");
      const { x, kernel, known } = described;
      const { result } = await onDevice(job, (one) => rankKnown(one, x, kernel, candidates, known));
      return result;
    }),
});

function inTurn<T>({ signal }: Job, work: () => Promise<T>): Promise<T> {
  return mutex.take(async () => {
    stopIfAborted(signal);
    running = signal;
    return work();
  });
}

async function scaledRows(
  island: Island,
  matches: readonly FeatureMatch[],
  { signal }: Job,
): Promise<RowBlock> {
  if (!rowSource) throw new AppError("bad_input", "no table is connected");
  const rows = await rowSource.call("scaledRows", [island, matches]);
  stopIfAborted(signal);
  return rows;
}

async function onDevice<T>(job: Job, work: (compute: Compute) => Steps<T>) {
  return computing.run((compute) => drive(work(compute), job));
}

async function stopHere(): Promise<void> {
  await nextTask();
  if (running) stopIfAborted(running);
}

/** This worker is where its helpers are started; they end with it. */
function spawnHelper(): Started {
  return workerThread(
    new Worker(new URL("./kernels.worker.ts", import.meta.url), { type: "module" }),
  );
}

async function* sumUp(
  compute: Compute,
  x: Matrix<Float32Array>,
  features: RandomFeatures,
): Steps<Float64Array> {
  yield { stage: "encode", done: 0, total: 1 };
  const rows = await compute.load(x);
  try {
    return await rows.featureMeans(features);
  } finally {
    rows.dispose();
  }
}

/** The noise is for the row count that is published, which is rounded down, so that it gives no other away. */
function hide(sketch: Float64Array, rowCount: number, budget: PrivacyBudget): Float32Array {
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  return privateSketch(sketch, { ...budget, rowCount: coarseCount(rowCount), random });
}

/** The rows themselves, or a repeatable sample of them. */
function sample(x: Matrix<Float32Array>): Matrix<Float32Array> {
  if (x.rows <= RANKED_ROWS) return x;
  const chosen = sampleIndices(x.rows, RANKED_ROWS, seededRandom(0)).sort();
  const data = new Float32Array(chosen.length * x.cols);
  chosen.forEach((row, i) => {
    data.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), i * x.cols);
  });
  return { data, rows: chosen.length, cols: x.cols };
}
