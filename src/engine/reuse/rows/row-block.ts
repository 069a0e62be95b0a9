import { type Matrix, pickRows } from "../../ground/matrix";
import type { Evidence } from "../evidence/evidence";
import type { Outputs } from "../outputs/outputs";

/** Some rows of the user's: what the learnwares say about them, and what is known beyond that. */
export interface RowBlock {
  readonly outputs: Outputs;
  /** How much each row looks like each learnware's training data; null if not measured. */
  readonly evidence: Evidence | null;
  /** Shape [n, d]: the user's own columns on any scale, NaN where missing; null if there are none. */
  readonly features: Matrix<Float32Array> | null;
}

/** Some rows of a block, in the order given. */
export function pickBlock(block: RowBlock, rows: ArrayLike<number>): RowBlock {
  const { outputs, evidence, features } = block;
  return {
    outputs: {
      ...outputs,
      rows: rows.length,
      values: outputs.values.map((values) => pickDoubles(values, rows)),
    },
    evidence: evidence && {
      values: pickDoubles(evidence.values, rows),
      far: Uint8Array.from(rows, (row) => evidence.far[row]!),
    },
    features: features && pickRows(features, rows),
  };
}

/** `pickRows` in double precision. */
export function pickDoubles(
  { data, cols }: Matrix<Float64Array>,
  rows: ArrayLike<number>,
): Matrix<Float64Array> {
  const picked = new Float64Array(rows.length * cols);
  for (let i = 0; i < rows.length; i++) {
    picked.set(data.subarray(rows[i]! * cols, (rows[i]! + 1) * cols), i * cols);
  }
  return { data: picked, rows: rows.length, cols };
}
