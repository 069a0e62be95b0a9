import { type BinnedTable, MISSING_BIN } from "./bins";

/** Where each feature's bins begin in a histogram; its last bin holds the missing values. */
export interface HistogramLayout {
  /** Shape [d + 1], in bins. */
  readonly starts: Int32Array;
}

/**
 * Sums of one node's rows per bin: gradient, curvature and count, interleaved.
 * Shape [bins, 3].
 */
export type Histogram = Float64Array;

/** Lay out one histogram for all features of a table. */
export function layOut({ cols, cuts }: BinnedTable): HistogramLayout {
  const starts = new Int32Array(cols + 1);
  for (let j = 0; j < cols; j++) starts[j + 1] = starts[j]! + cuts[j]!.length + 2;
  return { starts };
}

/**
 * Sum gradients and curvatures of some rows into the bins of some features.
 *
 * Cost is O(|rows| · |features|).
 *
 * @param rows - Row indices of the node.
 * @param gradient - Shape [n], and `curvature` likewise: derivatives of the loss by the score.
 */
export function fillHistogram(
  table: BinnedTable,
  { starts }: HistogramLayout,
  features: Int32Array,
  rows: Int32Array,
  gradient: Float64Array,
  curvature: Float64Array,
): Histogram {
  const sums = new Float64Array(starts[table.cols]! * 3);
  const count = rows.length;
  const g = new Float64Array(count);
  const h = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    g[i] = gradient[rows[i]!]!;
    h[i] = curvature[rows[i]!]!;
  }
  for (const feature of features) {
    const offset = feature * table.rows;
    const start = starts[feature]!;
    const missing = starts[feature + 1]! - 1;
    for (let i = 0; i < count; i++) {
      const code = table.codes[offset + rows[i]!]!;
      const at = (code === MISSING_BIN ? missing : start + code) * 3;
      sums[at]! += g[i]!;
      sums[at + 1]! += h[i]!;
      sums[at + 2]! += 1;
    }
  }
  return sums;
}

/** Turn a parent's histogram into that of its other child, in place. */
export function subtractHistogram(parent: Histogram, child: Histogram): Histogram {
  for (let i = 0; i < parent.length; i++) parent[i]! -= child[i]!;
  return parent;
}
