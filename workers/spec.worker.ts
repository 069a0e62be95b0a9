/** @file Describes rows and ranks what the dock found. Needs no network: rows come over a port, WASM is in the bundle. */

import "../src/contracts/no-eval";

import type { RowBlock, RowSource } from "../src/contracts/workers/data-api";
import { AppError } from "../src/contracts/outcome";
import type { SpecApi } from "../src/contracts/workers/spec-api";
import type { Space } from "../src/engine/kinds/space";
import type { FeatureMatch } from "../src/engine/kinds/table/space/space";
import type { Compute } from "../src/engine/specification/kernel/compute";
import { Mutex } from "../src/engine/ground/mutex";
import type { Steps } from "../src/engine/ground/progress";
import { chooseCompute } from "../src/runtime/compute/choose-compute";
import { ResilientCompute } from "../src/runtime/compute/resilient-compute";
import { drive } from "../src/runtime/threads/drive";
import { nextTask } from "../src/runtime/threads/next-task";
import { type Job, serve, stopIfAborted } from "../src/runtime/threads/serve";
import type { Started, Thread } from "../src/runtime/threads/thread";
import { workerThread } from "../src/runtime/threads/worker-thread";
import {
  type RankedRows,
  rankedRows,
  rankRows,
  reduceTable,
  sketchTable,
} from "../src/workflows/find/describe/describe-rows";
import { layBeside } from "../src/workflows/find/describe/lay-beside";
import KernelsWorker from "./kernels.worker?worker&inline";
import { rowSourceAt } from "./parts/row-source";

const MOST_THREADS = 8;

let rowSource: Thread<RowSource> | null = null;
const computing = new ResilientCompute(
  (choice, threads) => chooseCompute(choice, stopHere, threads),
  { spawn: spawnHelper, count: Math.min(navigator.hardwareConcurrency, MOST_THREADS) },
);
let running: AbortSignal | null = null;
let ranked: RankedRows | null = null;
/** Jobs wait for each other: they share one device, and one signal that stops it. */
const mutex = new Mutex();

serve<SpecApi>({
  connectRows(port) {
    rowSource = rowSourceAt(port);
  },

  useCompute: (wanted) => mutex.take(() => computing.use(wanted)),

  describe: (island, matches, book, secret, job) =>
    inTurn(job, async () => {
      const started = performance.now();
      const x = await scaledRows(island, matches, job);
      const { result, compute } = await onDevice(job, (one) =>
        reduceTable(one, x, island, book, secret),
      );
      ranked = rankedRows(x, island, matches, book, x.described);
      const { rkme } = result;
      const milliseconds = performance.now() - started;
      job.give([rkme.points.data, rkme.weights]);
      return { ...result, compute, milliseconds };
    }),

  sketch: (island, matches, privacy, book, job) =>
    inTurn(job, async () => {
      const started = performance.now();
      const x = await scaledRows(island, matches, job);
      const { result, compute } = await onDevice(job, (one) =>
        sketchTable(one, x, island, book, privacy, randomBytes),
      );
      ranked = rankedRows(x, island, matches, book, x.described);
      const rowCount = x.rows;
      const { epsilon, delta } = privacy ?? { epsilon: null, delta: null };
      const milliseconds = performance.now() - started;
      return { ...result, rowCount, epsilon, delta, compute, milliseconds };
    }),

  rank: (candidates, job) =>
    inTurn(job, async () => {
      const rows = ranked;
      if (!rows) throw new AppError("bad_input", "nothing was described yet");
      return (await onDevice(job, (one) => rankRows(one, rows, candidates))).result;
    }),

  layBeside: (candidates, job) =>
    inTurn(job, async () => {
      const rows = ranked;
      if (!rows) throw new AppError("bad_input", "nothing was described yet");
      return (await onDevice(job, (one) => layBeside(one, rows, candidates))).result;
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
  island: Space,
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

/** This worker is where its helpers are started, from its own text; they end with it. */
function spawnHelper(): Started {
  return workerThread(new KernelsWorker());
}

function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}
