/** @file Runs learnwares on rows that come over a port. What it does with them is the engine's. */

import "../src/contracts/no-eval";

import type { RowSource } from "../src/contracts/workers/data-api";
import { AppError } from "../src/contracts/outcome";
import type {
  BundleWords,
  Preparation,
  Reuse,
  ReuseApi,
  ReusePlan,
} from "../src/contracts/workers/reuse-api";
import { acrossSpaces } from "../src/engine/kinds/table/fill/across";
import type { Alignment } from "../src/engine/kinds/table/fill/alignment";
import { EngineError } from "../src/engine/ground/errors";
import { bundleEnsemble } from "../src/engine/export/bundle-ensemble";
import type { Compute } from "../src/engine/specification/kernel/compute";
import type { RunnableModel } from "../src/engine/learnware/runnable-model";
import type { LearnwarePackage } from "../src/engine/learnware/package";
import { zipFiles } from "../src/engine/learnware/zip/zip-files";
import { averaging } from "../src/engine/reuse/ways/averaging";
import type { FailedLearnware } from "../src/engine/reuse/predict/learnware-run";
import { type FittedWay, fitWay, predictRows } from "../src/engine/reuse/predict/predict-rows";
import { PredictionCollector } from "../src/engine/reuse/predict/prediction-collector";
import {
  type PreparedReuse,
  prepareReuse,
  type ReuseRequest,
} from "../src/engine/reuse/predict/prepare-reuse";
import type { ReuserName } from "../src/engine/reuse/reuser";
import { wayFigures } from "../src/engine/reuse/figures/way-figures";
import { trainAlignments } from "../src/runtime/tensors/align-learnwares";
import { chooseCompute } from "../src/runtime/compute/choose-compute";
import { startRuntime } from "../src/runtime/models/ort-session";
import { openTensorsHere, type Tensors } from "../src/runtime/tensors/tfjs-backend";
import { drive } from "../src/runtime/threads/drive";
import { nextTask } from "../src/runtime/threads/next-task";
import { type Job, serve, stopIfAborted } from "../src/runtime/threads/serve";
import type { Thread } from "../src/runtime/threads/thread";
import { OpenLearnwares } from "./open-learnwares";
import type { Answers } from "../src/engine/learner/answers";
import { type RowReader, userRows } from "../src/engine/kinds/rows";
import { kindOf } from "../src/engine/kinds/index";
import { rowSourceAt } from "./row-source";

interface Held {
  readonly plan: Omit<ReusePlan, "members">;
  readonly source: Thread<RowSource>;
  readonly about: RunnableModel;
  /** By id. */
  readonly packages: ReadonlyMap<string, LearnwarePackage>;
  /** Whether models get columns that the table lacks. */
  readonly fillsIn: boolean;
  prepared: PreparedReuse;
  fitted: FittedWay | null;
}

const learnwares = new OpenLearnwares();
let rowSource: Thread<RowSource> | null = null;
let held: Held | null = null;
let compute: Promise<Compute> | null = null;
let tensors: Promise<Tensors> | null = null;

serve<ReuseApi>({
  connectRows(port) {
    rowSource = rowSourceAt(port);
  },
  start: (ortWasm) => startRuntime(ortWasm),
  prepare: (plan, job) => prepare(plan, job),
  predict: (plan, way, rows, job) => predict(heldFor(plan), way, rows, job),
  bundle: (plan, way, words, job) => bundle(heldFor(plan), way, words, job),
});

async function prepare(plan: ReusePlan, context: Job): Promise<Preparation> {
  const source = rowSource;
  if (!source) throw new AppError("bad_input", "no table is connected");
  held = null;
  const { members, ...rest } = plan;
  const { opened, failed } = await learnwares.replace(members);
  const [first] = opened;
  if (!first) {
    throw failed[0]?.error ?? new AppError("bad_input", "no learnware was chosen");
  }
  const { about } = first;
  const request = {
    learnwares: opened,
    rows: readerOf(source, plan),
    answers: await answersOf(source, plan, about),
    compute: await (compute ??= chooseCompute("wasm", nextTask)),
    ...(plan.ways === "average" && { reusers: [averaging] }),
  };
  const learned = await learnFilling(plan, request, context);
  const filled = acrossSpaces(request, plan.island, plan.matches, learned);
  const prepared = await drive(prepareReuse(filled, failed), context);
  held = {
    ...{ plan: rest, source, about, prepared, fitted: null, fillsIn: filled !== request },
    packages: new Map(opened.map((one) => [one.id, one.package])),
  };
  return preparationOf(held);
}

async function learnFilling(
  { filling, island, matches }: ReusePlan,
  request: ReuseRequest,
  context: Job,
): Promise<ReadonlyMap<string, Alignment>> {
  if (filling === "lines") return new Map();
  tensors ??= openTensorsHere();
  return drive(trainAlignments(await tensors, request, island, matches), context);
}

function heldFor(plan: number): Held {
  if (held?.plan.id === plan) return held;
  throw new AppError("not_prepared", `plan ${plan} is not what was prepared last`);
}

async function predict(job: Held, way: ReuserName, rows: number, context: Job): Promise<Reuse> {
  const collector = new PredictionCollector(job.about, rows);
  const predicted = await drive(
    predictRows(await fittedWay(job, way, context), rows, (block) => collector.take(block)),
    context,
  );
  job.fitted = predicted.way;
  job.prepared = predicted.way.prepared;
  return {
    preparation: preparationOf(job),
    way,
    account: predicted.account,
    predictions: context.give(collector.finish(job.prepared.classes.names)),
  };
}

/** What predicted last, if in this way; else the way is fitted. */
async function fittedWay(
  { fitted, prepared }: Held,
  way: ReuserName,
  context: Job,
): Promise<FittedWay> {
  return fitted?.reuser.name === way ? fitted : drive(fitWay(prepared, way), context);
}

async function bundle(
  job: Held,
  name: ReuserName,
  words: BundleWords,
  context: Job,
): Promise<Blob> {
  const { plan, source, packages, fillsIn } = job;
  if (fillsIn) {
    const details = { reason: "lacking_features" };
    throw new AppError("not_exportable", "models get columns that the table lacks", details);
  }
  const way = await fittedWay(job, name, context);
  const table = await source.call("scriptTable", [plan.answersColumn]);
  const packageOf = (id: string) => packages.get(id)!;
  const request = {
    ...{ way, packageOf, space: plan.island, matches: plan.matches, table },
    ...words,
  };
  const zip = await zipFiles(await drive(bundleEnsemble(request), context));
  stopIfAborted(context.signal);
  return new Blob([zip], { type: "application/zip" });
}

function readerOf(source: Thread<RowSource>, plan: ReusePlan): RowReader {
  const { island, matches, answersColumn } = plan;
  return {
    count: plan.rows,
    async read(rows, withOwn) {
      const read = await source.call("reuseRows", [island, matches, answersColumn, rows, withOwn]);
      const wanted = rows instanceof Int32Array ? rows.length : rows.to - rows.from;
      if (read.count === wanted) return userRows(kindOf(island), island, read);
      const message = `the table gave ${read.count} rows, ${wanted} were asked for`;
      throw new EngineError("shape_mismatch", message);
    },
  };
}

async function answersOf(
  source: Thread<RowSource>,
  { answersColumn }: Pick<ReusePlan, "answersColumn">,
  { task }: RunnableModel,
): Promise<Answers | null> {
  return answersColumn === null ? null : source.call("answers", [answersColumn, task]);
}

function preparationOf({ prepared, fillsIn }: Held): Preparation {
  const { choice, task, failed } = prepared;
  return {
    recommended: choice.recommended.name,
    basis: choice.basis,
    ways: wayFigures(prepared),
    fillsIn,
    answers: task.known?.outputs.rows ?? 0,
    learnwares: prepared.learnwares.map(({ id }) => id),
    shares: [...task.shares],
    leftOut: failed.map(leftOut),
  };
}

function leftOut({ id, error: { code, message, details } }: FailedLearnware) {
  return { id, code, message, details };
}
