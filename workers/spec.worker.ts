/** @file Describes rows and ranks what the dock found. Needs no network: rows come over a port, WASM is in the bundle. */

import "../src/contracts/no-eval";

import { expose, type Remote, transfer, wrap } from "comlink";

import type { RowSource } from "../src/contracts/workers/data-api";
import { AppError, type Outcome, unwrap } from "../src/contracts/outcome";
import { coarseCount } from "../src/contracts/wire/wire-rkme";
import type { Description, PrivacyBudget, SpecApi } from "../src/contracts/workers/spec-api";
import { knownColumns } from "../src/engine/kinds/table/fill/fill-in";
import type { Compute } from "../src/engine/specification/kernel/compute";
import type { RandomFeatures } from "../src/engine/specification/kernel/random-features";
import type { Matrix } from "../src/engine/ground/matrix";
import {
  clipRows,
  privateSketch,
} from "../src/engine/specification/publish/differential-privacy/private-sketch";
import type { Steps } from "../src/engine/ground/progress";
import { sampleIndices, seededRandom } from "../src/engine/ground/random";
import { islandFeatures } from "../src/engine/search/island-features";
import { describeRows } from "../src/engine/specification/describe";
import { chooseCompute } from "../src/runtime/compute/choose-compute";
import { type HelperThread, workerThread } from "../src/runtime/compute/parallel/kernel-channel";
import { ResilientCompute } from "../src/runtime/compute/resilient-compute";
import { breathe, drive, type JobContext, Jobs, stopIfAborted } from "./jobs";
import { gaussianKernel, type Kernel } from "../src/engine/specification/kernel/kernel";
import { rankKnown } from "../src/engine/search/rank-known";

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

const jobs = new Jobs();
let rowSource: Remote<RowSource> | null = null;
const computing = new ResilientCompute(
  (choice, threads) => chooseCompute(choice, stopHere, threads),
  { spawn: spawnHelper, count: Math.min(navigator.hardwareConcurrency, MOST_THREADS) },
);
let running: AbortSignal | null = null;
let described: Described | null = null;
/** Jobs wait for each other: they share one device, and one signal that stops it. */
let tail: Promise<unknown> = Promise.resolve();

const api: SpecApi = {
  cancel: (jobId) => jobs.cancel(jobId),

  async connectRows(port) {
    rowSource = wrap<RowSource>(port);
  },

  async useCompute(wanted) {
    await next(async () => {
      await computing.use(wanted);
    });
  },

  describe: (island, matches, ...job) =>
    jobs
      .run(job, (context) =>
        inTurn(context, async () => {
          const started = performance.now();
          if (!rowSource) throw new AppError("bad_input", "no table is connected");
          const x = unwrap(await rowSource.scaledRows(island, matches));
          stopIfAborted(context.signal);
          const kernel = gaussianKernel(island.gamma);
          const { result, compute } = await onDevice(context, (one) =>
            describeRows(one, x, { kernel }),
          );
          result.rows.dispose();
          described = { x: sample(x), kernel, known: knownColumns(island, matches) };
          const { rkme, preflight } = result;
          const milliseconds = performance.now() - started;
          return { rkme, preflight, compute, milliseconds };
        }),
      )
      .then(transferRkme),

  sketch: (island, matches, privacy, ...job) =>
    jobs.run(job, (context) =>
      inTurn(context, async () => {
        const started = performance.now();
        if (!rowSource) throw new AppError("bad_input", "no table is connected");
        const x = unwrap(await rowSource.scaledRows(island, matches));
        stopIfAborted(context.signal);
        clipRows(x);
        const features = islandFeatures(island, x.cols);
        const { result, compute } = await onDevice(context, (one) => sumUp(one, x, features));
        const known = knownColumns(island, matches);
        described = { x: sample(x), kernel: gaussianKernel(island.gamma), known };
        const rowCount = x.rows;
        const sketch = privacy ? hide(result, rowCount, privacy) : Float32Array.from(result);
        const { epsilon, delta } = privacy ?? { epsilon: null, delta: null };
        const milliseconds = performance.now() - started;
        return { sketch, rowCount, epsilon, delta, compute, milliseconds };
      }),
    ),

  rank: (candidates, ...job) =>
    jobs.run(job, (context) =>
      inTurn(context, async () => {
        if (!described) throw new AppError("bad_input", "nothing was described yet");
        const { x, kernel, known } = described;
        const { result } = await onDevice(context, (one) =>
          rankKnown(one, x, kernel, candidates, known),
        );
        return result;
      }),
    ),
};

expose(api);

function inTurn<T>({ signal }: JobContext, work: () => Promise<T>): Promise<T> {
  return next(async () => {
    stopIfAborted(signal);
    running = signal;
    return work();
  });
}

/** After everything asked for before, whether that failed or not. */
function next<T>(work: () => Promise<T>): Promise<T> {
  const answer = tail.then(work);
  tail = answer.catch(() => undefined);
  return answer;
}

async function onDevice<T>(context: JobContext, job: (compute: Compute) => Steps<T>) {
  return computing.run((compute) => drive(job(compute), context));
}

async function stopHere(): Promise<void> {
  await breathe();
  if (running) stopIfAborted(running);
}

/** This worker is where its helpers are started; they end with it. */
function spawnHelper(): HelperThread {
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

function transferRkme(outcome: Outcome<Description>): Outcome<Description> {
  if (!outcome.ok) return outcome;
  const { points, weights } = outcome.value.rkme;
  return transfer(outcome, [points.data.buffer, weights.buffer]);
}
