/** @file How a model is fed many rows: in the numbers that it takes, and proved to answer each by itself. */

import { EngineError } from "../../engine/ground/errors";
import { type Matrix, stackRows } from "../../engine/ground/matrix";
import type { ModelInput } from "../../engine/learnware/model-input";

/** A model that is loaded. */
export interface Session {
  /** Width of the input, and how many rows it takes at a time; null where the model leaves it open. */
  readonly width: number | null;
  readonly batch: number | null;
  /**
   * @param inputs - Of as many rows as it takes.
   * @throws EngineError `bad_model`
   */
  run(inputs: readonly ModelInput[]): Promise<Matrix<Float32Array>>;
  release(): Promise<void>;
}

/** Sums of single precision in another order differ by less, as a share of the largest answer. */
const TOLERANCE = 1e-4;
/** More would be mostly repeated rows. */
const MOST_FIXED = 4096;
/** Numbers of pictures that are run at once: what lies between two layers then fits the processor's cache. */
const MOST_PIXELS = 2 ** 15;

/**
 * The answers for all rows, of which a few are asked again among copies of themselves.
 *
 * @returns Null if one of them is answered otherwise there, or only one row at a time can be answered.
 */
export async function runProved(
  session: Session,
  inputs: readonly ModelInput[],
): Promise<Matrix<Float32Array> | null> {
  const rows = inputs[0]?.dims[0] ?? 0;
  const answer = await runInBatches(session, inputs);
  if (rows < 2) return answer;
  const scale = answer.data.reduce((most, value) => {
    return Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most;
  }, 0);
  for (const row of new Set([0, rows >> 1, rows - 1])) {
    const alone = await runInBatches(session, rowsOf(inputs, row, row + 1));
    const beside = answer.data.subarray(row * answer.cols, (row + 1) * answer.cols);
    if (alone.cols !== answer.cols) return null;
    const isSame = alone.data.every((value, k) => {
      const other = beside[k]!;
      return Object.is(value, other) || Math.abs(value - other) <= TOLERANCE * scale;
    });
    if (!isSame) return null;
  }
  return answer;
}

/** The answers for all rows, in as many runs as the model needs. */
export async function runInBatches(
  session: Session,
  inputs: readonly ModelInput[],
): Promise<Matrix<Float32Array>> {
  const rows = inputs[0]?.dims[0] ?? 0;
  const batch = session.batch ?? picturesAtOnce(inputs);
  if (batch === null || batch === rows || rows === 0) return session.run(inputs);
  if (batch > MOST_FIXED) {
    throw new EngineError("bad_model", `the model takes exactly ${batch} rows at a time`);
  }
  const answers: Matrix<Float32Array>[] = [];
  for (let from = 0; from < rows; from += batch) {
    const to = session.batch === null ? Math.min(rows, from + batch) : from + batch;
    answers.push(await session.run(rowsOf(inputs, from, to)));
  }
  const { data, cols } = stackRows(answers);
  return { data: Float32Array.from(data.subarray(0, rows * cols)), rows, cols };
}

/** Null where a model takes no pictures. */
function picturesAtOnce(inputs: readonly ModelInput[]): number | null {
  const numbers = inputs.reduce((sum, { dims: [, ...shape] }) => {
    return shape.length > 1 ? sum + shape.reduce((product, length) => product * length, 1) : sum;
  }, 0);
  return numbers === 0
    ? null
    : Math.min(MOST_FIXED, Math.max(1, Math.floor(MOST_PIXELS / numbers)));
}

/** These rows, the last one repeated beyond the end. */
function rowsOf(inputs: readonly ModelInput[], from: number, to: number): ModelInput[] {
  return inputs.map(({ name, dims: [rows = 0, ...shape], data }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const dims = [to - from, ...shape];
    if (to <= rows) return { name, dims, data: data.slice(from * size, to * size) };
    const at = (i: number) => Math.min(from + Math.floor(i / size), rows - 1) * size + (i % size);
    const length = (to - from) * size;
    return {
      name,
      dims,
      data:
        data instanceof Float32Array
          ? Float32Array.from({ length }, (_, i) => data[at(i)]!)
          : Array.from({ length }, (_, i) => data[at(i)]!),
    };
  });
}
