/** @file Trains a model on columns that come over a port. What it does with them is the workflow's. */

import "../src/contracts/no-eval";

import { AppError } from "../src/contracts/outcome";
import type { RowSource } from "../src/contracts/workers/data-api";
import type { OwnApi } from "../src/contracts/workers/own-api";
import type {
  LookedAt,
  OwnTrained,
  PinnedPoints,
  PlacedTexts,
} from "../src/contracts/workers/own-plan";
import { bundlePictures } from "../src/engine/export/own/bundle-pictures";
import predictMjs from "../src/engine/export/templates/predict.mjs?raw";
import predictPy from "../src/engine/export/templates/predict.py?raw";
import { EngineError } from "../src/engine/ground/errors";
import { pickRows } from "../src/engine/ground/matrix";
import type { Table } from "../src/engine/kinds/table/columns/column";
import { zipFiles } from "../src/engine/learnware/zip/zip-files";
import { chooseCompute } from "../src/runtime/compute/choose-compute";
import { drive } from "../src/runtime/threads/drive";
import { nextTask } from "../src/runtime/threads/next-task";
import { type Job, serve, stopIfAborted } from "../src/runtime/threads/serve";
import type { Thread } from "../src/runtime/threads/thread";
import { readBy, readingOfTrained } from "../src/workflows/own/reading";
import { bundleTrained, shareTrained } from "../src/workflows/own/bundle-trained";
import { shareClasses } from "../src/workflows/own/share-classes";
import { bundleTexts } from "../src/workflows/own/bundle-texts";
import { takenBy } from "../src/workflows/own/taken-by";
import { predictPictures, trainOnPictures } from "../src/workflows/own/train-on-pictures";
import { type OwnTexts, predictOnTexts, trainOnTexts } from "../src/workflows/own/train-on-texts";
import { predictOwn, trainOwn } from "../src/workflows/own/train-own";
import { rowSourceAt } from "./parts/row-source";

const scripts = { "predict.mjs": predictMjs, "predict.py": predictPy };
let rowSource: Thread<RowSource> | null = null;
let last: OwnTrained | null = null;
/** Rows that it learned from; null where it was kept. */
let sample: Table | null = null;
/** Which of the pictures or texts that are open it learned from; null where these are others, or it takes none. */
let learned: Int32Array | null = null;

serve<OwnApi>({
  connectRows(port) {
    rowSource = rowSourceAt(port);
  },
  async train(request, job) {
    const table = await connected().call("learnable", [request.target]);
    const read = await connected().call("scriptTable", [null]);
    const texts = request.texts === undefined ? null : await textsOf(request.texts, job);
    const looked = texts ? null : await lookedAt(job);
    const steps = texts
      ? trainOnTexts(table, texts, request)
      : looked
        ? trainOnPictures(table, looked, request)
        : trainOwn(table, request);
    const { model, report, predictions, ...made } = await drive(steps, job);
    last = { model, report, ...readBy(model, read) };
    ({ sample, learned } = made);
    const reading = readingOfTrained(last);
    return { report, ...takenBy(model), reading, predictions: job.give(predictions) };
  },
  async predict(job) {
    const { model } = held();
    if (model.pictures) {
      const looked = await lookedAt(job);
      if (!looked) throw new AppError("unsupported_kind", "the model takes pictures");
      learned = null; // Those that are open now are others.
      return job.give(predictPictures(model, looked.vectors));
    }
    if (model.texts) {
      const { texts } = await textsOf(model.texts.column, job);
      learned = null;
      return job.give(predictOnTexts(model, texts));
    }
    const table = await connected().call("learnable", [model.target]);
    return job.give(predictOwn(model, table));
  },
  async share(sentence, secret, texts, job) {
    const trained = held();
    const pinned = learned && (await (texts ? pinnedTexts(texts, learned) : pinnedPictures(learned))); // prettier-ignore
    const compute = await chooseCompute("wasm", nextTask);
    try {
      const tools = { compute, secret };
      if (pinned) return await drive(shareClasses(trained, pinned, sentence, tools), job);
      if (sample) return await drive(shareTrained(trained, sample, sentence, tools), job);
      throw new EngineError("not_exportable", "its rows are gone", { reason: "no_rows" });
    } finally {
      compute.dispose();
    }
  },
  trained: () => held(),
  use(kept) {
    last = kept;
    sample = null;
    learned = null;
  },
  async bundle(words, secret, look, job) {
    const { model, report } = held();
    if (model.pictures) {
      if (!look) throw new AppError("not_prepared", "the embedder was not handed over");
      const files = bundlePictures(model, { answers: report.answers, look, ...words });
      return new Blob([await zipFiles(files)], { type: "application/zip" });
    }
    if (model.texts) {
      const files = bundleTexts(model, report.answers, words);
      return new Blob([await zipFiles(files)], { type: "application/zip" });
    }
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

/** Pictures as the embedder sees them; null of a table. */
function lookedAt({ signal, report }: Job): Promise<LookedAt | null> {
  return connected().call("looked", [], { signal, onProgress: report });
}

async function textsOf(column: string, { signal, report }: Job): Promise<OwnTexts> {
  const texts = await connected().call("texts", [column], { signal, onProgress: report });
  return { column, texts };
}

function pinnedPictures(rows: Int32Array): Promise<PinnedPoints | null> {
  return connected().call("pinned", [rows]);
}

async function pinnedTexts(
  { space, book, column }: PlacedTexts,
  rows: Int32Array,
): Promise<PinnedPoints> {
  const matches = [{ feature: space.id, column }];
  const { described, ...all } = await connected().call("scaledRows", [space, matches]);
  const wanted = new Set(rows);
  const kept = Array.from({ length: all.rows }, (_, i) => i).filter((i) => wanted.has(described?.[i] ?? i)); // prettier-ignore
  return { space, book, points: pickRows(all, kept) };
}

function connected(): Thread<RowSource> {
  if (!rowSource) throw new AppError("bad_input", "no table is connected");
  return rowSource;
}
