/** @file Runs learnwares on rows that come over a port. What it does with them is the workflow's. */

import "../src/contracts/no-eval";

import type { RowSource } from "../src/contracts/workers/data-api";
import { AppError } from "../src/contracts/outcome";
import type { ReuseApi } from "../src/contracts/workers/reuse-api";
import type { Compute } from "../src/engine/specification/kernel/compute";
import predictMjs from "../src/engine/export/templates/predict.mjs?raw";
import predictPy from "../src/engine/export/templates/predict.py?raw";
import { zipFiles } from "../src/engine/learnware/zip/zip-files";
import { trainAlignments } from "../src/runtime/tensors/align-learnwares";
import { chooseCompute } from "../src/runtime/compute/choose-compute";
import { ModelPool } from "../src/runtime/models/model-pool";
import { startRuntime } from "../src/runtime/models/start-runtime";
import { openTensorsHere, type Tensors } from "../src/runtime/tensors/tfjs-backend";
import { drive } from "../src/runtime/threads/drive";
import { nextTask } from "../src/runtime/threads/next-task";
import { serve, stopIfAborted } from "../src/runtime/threads/serve";
import type { Started, Thread } from "../src/runtime/threads/thread";
import { workerThread } from "../src/runtime/threads/worker-thread";
import { ReuseHost } from "../src/workflows/reuse/reuse-host";
import ModelsWorker from "./models.worker?worker&inline";
import { OpenLearnwares } from "./parts/open-learnwares";
import { rowSourceAt } from "./parts/row-source";

/** Longest time for one answer of a model, beside what each row is allowed. */
const ANSWER_MS = 20_000;

let pool: ModelPool | null = null;
const learnwares = new OpenLearnwares(models);
const scripts = { "predict.mjs": predictMjs, "predict.py": predictPy };
let rowSource: Thread<RowSource> | null = null;
let compute: Promise<Compute> | null = null;
let tensors: Promise<Tensors> | null = null;

const host = new ReuseHost({
  rows: {
    read: async ({ island, matches, answersColumn }, rows, withOwn) =>
      connected().call("reuseRows", [island, matches, answersColumn, rows, withOwn]),
    answers: async (column, task) => connected().call("answers", [column, task]),
    scriptTable: async (answersColumn) => connected().call("scriptTable", [answersColumn]),
  },
  compute: () => (compute ??= chooseCompute("wasm", nextTask)),
  open: (members) => learnwares.replace(members),
  async *learnAlignments(request, island, matches) {
    tensors ??= openTensorsHere();
    return yield* trainAlignments(await tensors, request, island, matches);
  },
});

serve<ReuseApi>({
  connectRows(port) {
    rowSource = rowSourceAt(port);
  },
  async start(ortWasm) {
    const wasm = await ortWasm.arrayBuffer();
    pool = new ModelPool({ spawn: spawnModels, count: 1, wasm, answerMs: ANSWER_MS });
    return startRuntime((bytes) => models().open(bytes));
  },
  prepare: (plan, job) => drive(host.prepare(plan), job),
  predict: async (plan, way, rows, job) => {
    const made = await drive(host.predict(plan, way, rows), job);
    return { ...made, predictions: job.give(made.predictions) };
  },
  bundle: async (plan, way, words, secret, job) => {
    const zip = await zipFiles(await drive(host.bundle(plan, way, words, scripts, secret), job));
    stopIfAborted(job.signal);
    return new Blob([zip], { type: "application/zip" });
  },
});

function models(): ModelPool {
  if (!pool) throw new AppError("bad_input", "the model engine was not started");
  return pool;
}

/** In a worker of its own, which can be ended while this one goes on; it ends with this one. */
function spawnModels(): Started {
  return workerThread(new ModelsWorker());
}

function connected(): Thread<RowSource> {
  if (!rowSource) throw new AppError("bad_input", "no table is connected");
  return rowSource;
}
