import type { Matrix } from "../../ground/matrix";

/** Bin index of a missing value, the same for every feature. */
export const MISSING_BIN = 255;
const MAX_VALUE_BINS = 254;
const SAMPLE_ROWS = 100_000;

/** A table whose numbers were replaced by the index of the interval they lie in. */
export interface BinnedTable {
  readonly rows: number;
  readonly cols: number;
  /** Shape [d, n]: feature by feature, so that a histogram reads memory in order. */
  readonly codes: Uint8Array;
  /** Per feature, ascending; bin b holds the x with cuts[b − 1] < x ≤ cuts[b], the last bin the rest. */
  readonly cuts: readonly Float32Array[];
}

/**
 * Replace each number by one of at most 254 intervals of about equal row count; a feature with
 * fewer different values gets one interval for each.
 *
 * Cost is O(n · d · log n). Cuts are float32 and lie at or above every value of their bin, so that
 * `x <= cut` decides the same in float32 and in float64.
 *
 * @param inputs - [n, d], NaN where missing.
 * @returns Codes [d, n] in [0, 253], or `MISSING_BIN`.
 */
export function binTable({ data, rows, cols }: Matrix<Float32Array>): BinnedTable {
  const codes = new Uint8Array(rows * cols);
  const cuts: Float32Array[] = [];
  const column = new Float32Array(rows);
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) column[i] = data[i * cols + j]!;
    const featureCuts = findCuts(column);
    cuts.push(featureCuts);
    const offset = j * rows;
    for (let i = 0; i < rows; i++) codes[offset + i] = binOf(column[i]!, featureCuts);
  }
  return { rows, cols, codes, cuts };
}

/** The first bin whose cut is ≥ x. */
function binOf(x: number, cuts: Float32Array): number {
  if (Number.isNaN(x)) return MISSING_BIN;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x <= cuts[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

function findCuts(column: Float32Array): Float32Array {
  const sorted = sortedSample(column);
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const x of sorted) {
    if (distinct.length > 0 && x === distinct[distinct.length - 1]) counts[counts.length - 1]! += 1;
    else {
      distinct.push(x);
      counts.push(1);
    }
  }
  const cuts: number[] = [];
  // A bin is closed once it holds its share of the rows that are left.
  let rowsLeft = sorted.length;
  let inBin = 0;
  const everyValue = distinct.length <= MAX_VALUE_BINS;
  for (let k = 0; k + 1 < distinct.length && cuts.length < MAX_VALUE_BINS - 1; k++) {
    inBin += counts[k]!;
    if (!everyValue && inBin < rowsLeft / (MAX_VALUE_BINS - cuts.length)) continue;
    cuts.push(cutBetween(distinct[k]!, distinct[k + 1]!));
    rowsLeft -= inBin;
    inBin = 0;
  }
  return Float32Array.from(cuts);
}

function sortedSample(column: Float32Array): Float32Array {
  const step = Math.max(1, Math.floor(column.length / SAMPLE_ROWS));
  const sample = new Float32Array(Math.ceil(column.length / step));
  let kept = 0;
  for (let i = 0; i < column.length; i += step) {
    const x = column[i]!;
    if (!Number.isNaN(x)) sample[kept++] = x;
  }
  return sample.subarray(0, kept).sort();
}

/** A float32 in [low, high): the middle, or `low` where rounding leaves nothing between them. */
function cutBetween(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  return middle >= low && middle < high ? middle : low;
}
