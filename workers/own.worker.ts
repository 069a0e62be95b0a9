/** @file Trains a model on columns that come over a port. What it does with them is the workflow's. */

import "../src/contracts/no-eval";

import { AppError } from "../src/contracts/outcome";
import type { RowSource } from "../src/contracts/workers/data-api";
import type { OwnApi } from "../src/contracts/workers/own-api";
import type { OwnTrained } from "../src/contracts/workers/own-plan";
import predictMjs from "../src/engine/export/templates/predict.mjs?raw";
import predictPy from "../src/engine/export/templates/predict.py?raw";
import type { Table } from "../src/engine/kinds/table/columns/column";
import { inputColumns } from "../src/engine/kinds/table/own/own-inputs";
import { zipFiles } from "../src/engine/learnware/zip/zip-files";
import { chooseCompute } from "../src/runtime/compute/choose-compute";
import { drive } from "../src/runtime/threads/drive";
import { nextTask } from "../src/runtime/threads/next-task";
import { serve, stopIfAborted } from "../src/runtime/threads/serve";
import type { Thread } from "../src/runtime/threads/thread";
import { readBy, readingOfTrained } from "../src/workflows/own/reading";
import { bundleTrained } from "../src/workflows/own/bundle-trained";
import { predictOwn, trainOwn } from "../src/workflows/own/train-own";
import { rowSourceAt } from "./row-source";

const scripts = { "predict.mjs": predictMjs, "predict.py": predictPy };
let rowSource: Thread<RowSource> | null = null;
let last: OwnTrained | null = null;
/** Rows that it learned from; null where it was kept. */
let sample: Table | null = null;

serve<OwnApi>({
  connectRows(port) {
    rowSource = rowSourceAt(port);
  },
  async train(request, job) {
    const table = await connected().call("learnable", [request.target]);
    const read = await connected().call("scriptTable", [null]);
    const { model, report, predictions, ...made } = await drive(trainOwn(table, request), job);
    last = { model, report, ...readBy(model, read) };
    ({ sample } = made);
    const columns = inputColumns(model.inputs);
    const reading = readingOfTrained(last);
    return { report, columns, reading, predictions: job.give(predictions) };
  },
  async predict(job) {
    const { model } = held();
    const table = await connected().call("learnable", [model.target]);
    return job.give(predictOwn(model, table));
  },
  trained: () => held(),
  use(kept) {
    last = kept;
    sample = null;
  },
  async bundle(words, secret, job) {
    const compute = await chooseCompute("wasm", nextTask);
    try {
      const tools = { compute, secret, scripts };
      const zip = await zipFiles(await drive(bundleTrained(held(), sample, words, tools), job));
      stopIfAborted(job.signal);
      return new Blob([zip], { type: "application/zip" });
    } finally {
      compute.dispose();
    }
  },
});

function held(): OwnTrained {
  if (!last) throw new AppError("not_prepared", "no model was trained");
  return last;
}

function connected(): Thread<RowSource> {
  if (!rowSource) throw new AppError("bad_input", "no table is connected");
  return rowSource;
}
