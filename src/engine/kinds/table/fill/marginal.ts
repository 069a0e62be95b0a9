import { type Matrix, zeros } from "../../../ground/matrix";
import type { Rkme } from "../../../specification/rkme";

/**
 * A reduced set without some of its columns: it stands for the distribution of the others.
 *
 * Points and weights stay; the kernel becomes wider in proportion, since squared distances are sums over columns.
 *
 * @param kept - Indices of the columns kept, at least one.
 */
export function marginalSet(rkme: Rkme, kept: readonly number[]): Rkme {
  const gamma = (rkme.gamma * rkme.points.cols) / kept.length;
  return { ...rkme, points: pickColumns(rkme.points, kept), gamma };
}

/** Some columns of a matrix, in the order given. */
export function pickColumns(
  { data, rows, cols }: Matrix,
  kept: readonly number[],
): Matrix<Float64Array> {
  const picked = zeros(rows, kept.length);
  for (let i = 0; i < rows; i++) {
    kept.forEach((col, k) => (picked.data[i * kept.length + k] = data[i * cols + col]!));
  }
  return picked;
}
