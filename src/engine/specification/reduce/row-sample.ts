import type { Compute, LoadedRows } from "../kernel/compute";
import { type Matrix, pickRows } from "../../ground/matrix";
import { type Random, sampleIndices } from "../../ground/random";

/** Rows that stand for all of them while points are being placed. */
export interface RowSample {
  /** Shape [s, d]. */
  readonly x: Matrix<Float32Array>;
  /** The rows of `x`, loaded. */
  readonly rows: LoadedRows;
  /** Frees what was loaded for the sample alone. */
  release(): void;
}

/** Up to this size of table, all rows are the sample … */
const SMALL_TABLE = 4096;
/** … beyond it, this share of them, */
const SHARE = 1 / 8;
/** and at most so many: what more rows would tell is lost in the few moves that they leave time for. */
const MOST_ROWS = 16_384;

/**
 * All rows of a small table, a fixed random sample of a large one.
 *
 * @param rows - The rows of `x`, loaded.
 * @param x - Shape [n, d].
 */
export async function takeSample(
  compute: Compute,
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  random: Random,
): Promise<RowSample> {
  const size = Math.min(MOST_ROWS, Math.max(SMALL_TABLE, Math.round(SHARE * x.rows)));
  if (x.rows <= size) return { x, rows, release: () => undefined };
  const part = pickRows(x, sampleIndices(x.rows, size, random));
  const loaded = await compute.load(part);
  return { x: part, rows: loaded, release: () => loaded.dispose() };
}
