/** @file From a way of reuse to predictions for all rows, block by block. */

import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";
import { asOneStep, type Progress, type Steps } from "../../ground/progress";
import {
  calibrated,
  type Uncertainty,
  learnUncertainty,
  noUncertainty,
  radiiOf,
} from "../outputs/uncertainty";
import { spreadOf } from "../outputs/spread";
import { LearnwareFailure, runUsed } from "./learnware-run";
import { evidenceOf, type PreparedReuse, prepareReuse } from "./prepare-reuse";
import type { FittedReuser, Reused, Reuser } from "../reuser";
import { joinAccounts, usedLearnwares } from "./used-learnwares";

/** A way of reuse that has learned from all answers. */
export interface FittedWay {
  readonly prepared: PreparedReuse;
  readonly reuser: Reuser;
  readonly model: FittedReuser;
  /** Shape [m]: learnwares that have a part in it. */
  readonly isUsed: readonly boolean[];
  readonly uncertainty: Uncertainty;
}

/** Predictions of n rows, one after the other. */
export interface PredictedBlock {
  readonly from: number;
  /** Shape [n, 1] numbers or [n, classes] probabilities; NaN in rows for which no learnware gave anything. */
  readonly values: Matrix<Float64Array>;
  /** Shape [n]: half the width of an interval that holds 9 in 10 answers; null if no answers say. */
  readonly radii: Float64Array | null;
  /** Shape [n]: 1 where the row lies beyond every learnware's training data; null if not measured. */
  readonly far: Uint8Array | null;
  /** Shape [n, `MOST_COLUMNS`]: in which columns such a row lies farthest off, then −1; null if not measured. */
  readonly farIn: Int32Array | null;
  /** As `spreadOf` gives it. */
  readonly spread: Matrix<Float32Array> | null;
}

export interface PredictedRows {
  /** As given, or fitted anew without learnwares that failed on the way. */
  readonly way: FittedWay;
  readonly account: Reused["account"];
}

/** Of several dozen learnwares these are some megabytes. */
const BLOCK_ROWS = 10_000;

/**
 * Fit a way of reuse on all answers.
 *
 * @param name - One of the table of the choice.
 * @throws EngineError `bad_parameter` if it is not there or lacks what it needs.
 */
export async function* fitWay(prepared: PreparedReuse, name: Reuser["name"]): Steps<FittedWay> {
  const { task, sample, choice } = prepared;
  const judged = choice.table.find(({ reuser }) => reuser.name === name);
  if (!judged) throw new EngineError("bad_parameter", `there is no way of reuse "${name}"`);
  const { reuser, result } = judged;
  const model = yield* reuser.fit(task);
  const isUsed = usedLearnwares(model.predict(sample).account, task.shares);
  const uncertainty =
    task.known && result && choice.folds
      ? learnUncertainty(
          ...([result.heldOut, task.known.target, task.known.outputs] as const),
          ...([isUsed, choice.folds.of] as const),
        )
      : noUncertainty;
  return { prepared, reuser, model, isUsed, uncertainty };
}

/**
 * Predict rows in blocks of 10,000, or of as many as their reader says; only learnwares that have a part in it are run, and no more than one block is
 * held. Yields `predict`.
 *
 * @param to - The row after the last.
 * @param take - Gets the blocks in order. When a learnware fails on the way it is left out, the way is fitted
 *   without it, and blocks begin again at row 0.
 * @throws EngineError as `prepareReuse`.
 */
export async function* predictRows(
  way: FittedWay,
  to: number,
  take: (block: PredictedBlock) => void,
): Steps<PredictedRows> {
  let current = way;
  for (;;) {
    try {
      return { way: current, account: yield* predictAll(current, to, take) };
    } catch (error) {
      if (!(error instanceof LearnwareFailure)) throw error;
      current = yield* fitWithout(current, error);
    }
  }
}

async function* predictAll(
  way: FittedWay,
  to: number,
  take: (block: PredictedBlock) => void,
): Steps<Reused["account"]> {
  const progressAt = (done: number) => ({ stage: "predict", done, total: to }) as const;
  let account: Reused["account"] | null = null;
  const { atOnce = BLOCK_ROWS } = way.prepared.request.rows;
  for (let from = 0; from < to; from += atOnce) {
    const end = Math.min(to, from + atOnce);
    const { block, reused } = yield* predictBlock(way, from, end, progressAt(from));
    take(block);
    account = joinAccounts(account, reused.account);
    yield progressAt(end);
  }
  return account ?? way.model.predict(way.prepared.sample).account;
}

async function* predictBlock(
  { prepared, reuser, model, isUsed, uncertainty }: FittedWay,
  from: number,
  to: number,
  progress: Progress,
): Steps<{ readonly block: PredictedBlock; readonly reused: Reused }> {
  const { request, learnwares, classes, usual } = prepared;
  const needsOwn = reuser.needs.includes("features");
  const read = await request.rows.read({ from, to }, needsOwn);
  const { outputs, blank } = await runUsed(learnwares, isUsed, read, classes);
  const measuring = evidenceOf(request, read.scaled, learnwares, usual);
  const evidence = yield* asOneStep(measuring, progress);
  const reused = model.predict({ outputs, evidence, features: read.own });
  const values = calibrated(reused.values, uncertainty);
  blank.forEach((isBlank, i) => {
    if (isBlank) values.data.fill(NaN, i * values.cols, (i + 1) * values.cols);
  });
  const radii = radiiOf(uncertainty, outputs, isUsed);
  const spread = spreadOf(outputs, isUsed, values);
  const { far = null, farIn = null } = evidence ?? {};
  return { block: { from, values, radii, far, farIn, spread }, reused };
}

async function* fitWithout(
  { prepared, reuser }: FittedWay,
  { failed }: LearnwareFailure,
): Steps<FittedWay> {
  const learnwares = prepared.learnwares.filter(({ id }) => id !== failed.id);
  const request = { ...prepared.request, learnwares };
  const again = yield* prepareReuse(request, [...prepared.failed, failed]);
  return yield* fitWay(again, reuser.name);
}
