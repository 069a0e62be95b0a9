import type { OwnReport, OwnRequest } from "../../contracts/workers/own-plan";
import { type Matrix, pickRows } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import type { Table } from "../../engine/kinds/table/columns/column";
import { selectRows } from "../../engine/kinds/table/columns/select-rows";
import {
  encodeInputs,
  inputColumns,
  type OwnInput,
  ownInputs,
} from "../../engine/kinds/table/own/own-inputs";
import type { OwnModel } from "../../engine/kinds/table/own/own-model";
import { fitModel, predictModel } from "../../engine/learner/choose-model";
import { type CrossFit, crossFit } from "../../engine/learner/cross-fit";
import { permutationImportance } from "../../engine/learner/permutation";
import { pickTarget, type Target } from "../../engine/learner/target";
import { conformalRadius } from "../../engine/reuse/outputs/conformal";
import { PredictionCollector } from "../../engine/reuse/predict/prediction-collector";
import type { Predictions } from "../../engine/reuse/predict/predictions";
import { leaksIn } from "./leaks";
import { ownClasses } from "./own-classes";
import { ownFigures } from "./own-figures";
import { ownPlot } from "./own-plot";
import { ownTarget, refusal } from "./own-target";

export interface TrainedOwn {
  readonly model: OwnModel;
  readonly report: OwnReport;
  /** Of all rows; those with an answer by models that have not learned from them. */
  readonly predictions: Predictions;
  /** Some of the rows that it learned from, in the columns that it takes: to describe it by. Null of pictures and texts. */
  readonly sample: Table | null;
  /** Of pictures and texts, which of them it learned from; null of columns. */
  readonly learned: Int32Array | null;
}

/** Rows that one model learns from when it is judged, and in the end. */
export const MOST_JUDGED = 20_000;
export const MOST_LEARNED = 100_000;
const MOST_DESCRIBED = 10_000;
const COVERAGE = 0.9;

/**
 * Train a model on the user's own columns and the answers that one of them holds, choose its kind by cross-validation, and
 * predict every row.
 *
 * @throws EngineError `no_usable_rows` with a `reason` of `NoOwnModel`.
 */
export async function* trainOwn(
  table: Table,
  { target: name, task, without, kinds = ["linear", "trees"], seed = 0 }: OwnRequest,
): Steps<TrainedOwn> {
  const { target, labels, rows, lonely } = ownTarget(table, name, task);
  const { inputs, leftOut } = ownInputs(table, name, rows, without);
  if (inputs.length === 0) {
    throw refusal("no_inputs", "no other column holds anything to learn from", name);
  }
  const all = encodeInputs(table, inputs);
  const known = pickRows(all, rows);
  const { columns, groups } = groupsOf(inputs);
  const cross = yield* crossFit(known, target, { kinds, seed, mostRows: MOST_JUDGED });
  const leaks = yield* leaksIn(known, target, groups, seed);
  const rises = yield* permutationImportance(cross, known, target, groups, seed);
  const learned = sampleIndices(known.rows, MOST_LEARNED, seededRandom(seed)).sort();
  const fitted = yield* fitModel(
    pickRows(known, learned),
    pickTarget(target, learned),
    cross.kind,
    seed,
  );
  const radius =
    target.task === "regression"
      ? conformalRadius(cross.heldOut.data, target.values, COVERAGE)
      : null;
  const model: OwnModel = { target: name, labels, inputs, fitted, radius };
  return {
    model,
    predictions: predictionsOf(model, withHeldOut(predictModel(fitted, all), cross.heldOut, rows)),
    sample: sampleOf(table, columns, rows, seed),
    learned: null,
    report: {
      ...judged(cross, target),
      ...{ answers: rows.length, lonely, wanted: table.rows - rows.length - lonely },
      importances: sharesOf(columns, rises),
      leaks: leaks.map((g) => columns[g]!),
      leftOut,
    },
  };
}

/** Predict the rows of a table; columns that it lacks count as not known. */
export function predictOwn(model: OwnModel, table: Table): Predictions {
  return predictionsOf(model, predictModel(model.fitted, encodeInputs(table, model.inputs)));
}

/** What is said of all rows, with what was said by models that had not learned from it of each that was learned from. */
export function withHeldOut(
  said: Matrix<Float64Array>,
  { data, cols }: Matrix<Float64Array>,
  rows: Int32Array,
): Matrix<Float64Array> {
  const all = said.data.slice();
  rows.forEach((row, i) => all.set(data.subarray(i * cols, (i + 1) * cols), row * cols));
  return { ...said, data: all };
}

/** What is told of how good a model is. */
export function judged({ kind, heldOut }: Pick<CrossFit, "kind" | "heldOut">, target: Target) {
  return {
    ...{ task: target.task, kind },
    figures: ownFigures(heldOut, target),
    plot: ownPlot(heldOut, target),
    classes: target.task === "classification" ? ownClasses(heldOut, target) : null,
  };
}

export function predictionsOf(
  { target, labels, radius, fitted }: OwnModel,
  values: Matrix<Float64Array>,
): Predictions {
  const { task } = fitted.model;
  const collector = new PredictionCollector({ task, target }, values.rows);
  const radii = radius === null ? null : new Float64Array(values.rows).fill(radius);
  collector.take({ from: 0, values, radii, far: null, farIn: null, spread: null });
  return collector.finish(labels);
}

function sampleOf(table: Table, names: readonly string[], rows: Int32Array, seed: number): Table {
  const columns = table.columns.filter(({ name }) => names.includes(name));
  const chosen = sampleIndices(rows.length, MOST_DESCRIBED, seededRandom(seed)).sort();
  return selectRows(
    { rows: table.rows, columns },
    chosen.map((at) => rows[at]!),
  );
}

function groupsOf(inputs: readonly OwnInput[]) {
  const columns = inputColumns(inputs);
  const groups = columns.map((column) =>
    [...inputs.keys()].filter((k) => inputs[k]!.column === column),
  );
  return { columns, groups };
}

function sharesOf(columns: readonly string[], rises: Float64Array) {
  const positive = rises.map((rise) => Math.max(0, rise));
  const total = positive.reduce((sum, rise) => sum + rise, 0) || 1;
  return columns
    .map((column, g) => ({ column, share: positive[g]! / total }))
    .sort((a, b) => b.share - a.share);
}
