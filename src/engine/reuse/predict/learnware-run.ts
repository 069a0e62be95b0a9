/** @file Running learnwares on a user's rows so that one that fails does not take the others along. */

import { EngineError } from "../../ground/errors";
import { type Matrix, stackRows, zeros } from "../../ground/matrix";
import type { ClassNames } from "../rows/answers";
import { alignOutputs, type Outputs } from "../outputs/outputs";
import { type ClassForm, recogniseForm } from "../outputs/probabilities";
import type { RunnableLearnware } from "../../learnware/runnable-learnware";
import type { UserRows } from "../../kinds/rows";

/** A learnware that was left out, and why. */
export interface FailedLearnware {
  readonly id: string;
  readonly error: EngineError;
}

/** A learnware that has answered, and what was seen in its first answers. */
export interface ProvenLearnware extends RunnableLearnware {
  readonly form?: ClassForm;
  /** Shape [outputs]: the means of its finite answers, which stand in for others. */
  readonly means: Float64Array;
}

/** What learnwares say about some rows. */
export interface Said {
  readonly outputs: Outputs;
  /** Shape [n]: 1 where none of those asked gave a usable answer. */
  readonly blank: Uint8Array;
}

/** One model could not be used; others may. */
export class LearnwareFailure extends Error {
  override readonly name = "LearnwareFailure";
  readonly failed: FailedLearnware;

  constructor(failed: FailedLearnware) {
    super(`learnware ${failed.id}: ${failed.error.message}`, { cause: failed.error });
    this.failed = failed;
  }
}

/**
 * Run a learnware on its first rows.
 *
 * @throws LearnwareFailure if it fails, or one of its outputs has no finite number in any row.
 */
export async function prove(
  learnware: RunnableLearnware,
  rows: UserRows,
): Promise<{ readonly proven: ProvenLearnware; readonly answer: Matrix }> {
  const answer = await runOne(learnware, rows);
  const means = columnMeans(answer);
  if (means.some(Number.isNaN)) {
    const error = new EngineError("bad_model", "the model gave no usable number for any row", {
      learnware: learnware.id,
    });
    throw new LearnwareFailure({ id: learnware.id, error });
  }
  if (learnware.about.task === "regression") return { proven: { ...learnware, means }, answer };
  const form = recogniseForm(filled(answer, means));
  return { proven: { ...learnware, means, form }, answer };
}

/**
 * Run those learnwares that are used, and put their answers in one shape with zeros for the others.
 *
 * @param isUsed - Shape [m].
 * @throws LearnwareFailure if one of them fails.
 */
export async function runUsed(
  learnwares: readonly ProvenLearnware[],
  isUsed: readonly boolean[],
  rows: UserRows,
  classes: ClassNames,
): Promise<Said> {
  const used = learnwares.filter((_, m) => isUsed[m]);
  const answers = await Promise.all(used.map((one) => runOne(one, rows)));
  const some = used.length > 0 ? align(used, answers, classes) : null;
  const { task } = learnwares[0]!.about;
  const none = zeros(rows.count, task === "regression" ? 1 : classes.names.length);
  let next = 0;
  const values = learnwares.map((_, m) => (isUsed[m] ? some!.outputs.values[next++]! : none));
  const { count } = rows;
  const outputs: Outputs =
    task === "regression"
      ? { task, rows: count, values }
      : { task, rows: count, values, labels: classes.names };
  return { outputs, blank: some?.blank ?? new Uint8Array(count) };
}

/** @param answers - Of the same rows, in the order of the learnwares; at least one. */
export function align(
  learnwares: readonly ProvenLearnware[],
  answers: readonly Matrix[],
  classes: ClassNames,
): Said {
  const raw = learnwares.map(({ id, about, form, means }, m) => ({
    id,
    values: filled(answers[m]!, means),
    labels: about.task === "regression" ? null : about.labels.map((label) => classes.nameOf(label)),
    ...(form && { form }),
  }));
  const blank = Uint8Array.from({ length: answers[0]!.rows }, (_, i) =>
    Number(answers.every((answer) => !isUsable(answer, i))),
  );
  return { outputs: alignOutputs(raw, classes.names), blank };
}

async function runOne({ id, about, run }: RunnableLearnware, rows: UserRows): Promise<Matrix> {
  try {
    const answers: Matrix[] = [];
    for (const part of rows.parts ?? [rows]) answers.push(await run(part.inputs(about)));
    const answer = answers.length === 1 ? answers[0]! : stackRows(answers);
    const cols = about.task === "regression" ? 1 : about.labels.length;
    if (answer.rows === rows.count && answer.cols === cols) return answer;
    const why =
      answer.rows === rows.count
        ? `it gives ${answer.cols} numbers for each row, and should give ${cols}`
        : `it gives ${answer.rows} answers for ${rows.count} rows`;
    throw new EngineError("bad_model", why, { learnware: id });
  } catch (error) {
    if (error instanceof EngineError) throw new LearnwareFailure({ id, error });
    throw error;
  }
}

function columnMeans({ data, rows, cols }: Matrix): Float64Array {
  return new Float64Array(cols).map((_, j) => {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < rows; i++) {
      const value = data[i * cols + j]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
    return sum / count;
  });
}

function filled({ data, rows, cols }: Matrix, means: Float64Array): Matrix {
  if (data.every(Number.isFinite)) return { data, rows, cols };
  const whole = Float64Array.from(data, (value, at) =>
    Number.isFinite(value) ? value : means[at % cols]!,
  );
  return { data: whole, rows, cols };
}

function isUsable({ data, cols }: Matrix, row: number): boolean {
  return data.subarray(row * cols, (row + 1) * cols).every(Number.isFinite);
}
