import { type Matrix, zeros } from "../ground/matrix";
import type { Specification } from "./specification";
import { gaussianGamma, gaussianKernel, type Kernel } from "./kernel/kernel";
import type { CandidateSpec } from "./candidate-spec";

/**
 * A reduced set without some of its columns: it stands for the distribution of the others.
 *
 * Points and weights stay; the kernel becomes wider in proportion, since squared distances are sums over columns.
 *
 * @param kept - Indices of the columns kept, at least one.
 */
export function marginalSet(rkme: Specification, kept: readonly number[]): Specification {
  const kernel = marginalKernel(rkme.kernel, rkme.points.cols, kept.length);
  return { ...rkme, points: pickColumns(rkme.points, kept), kernel };
}

/** A learnware's specification as far as some columns go: what is missing counts neither for nor against it. */
export function marginalSpec(candidate: CandidateSpec, kept: readonly number[]): CandidateSpec {
  const share = kept.length / candidate.rkme.points.cols;
  return {
    ...candidate,
    rkme: marginalSet(candidate.rkme, kept),
    radiusSquared: candidate.radiusSquared * share,
  };
}

/** `pickColumns` in single precision. */
export function pickFloats(x: Matrix, kept: readonly number[]): Matrix<Float32Array<ArrayBuffer>> {
  const { data, rows, cols } = pickColumns(x, kept);
  return { data: Float32Array.from(data), rows, cols };
}

/** The kernel in `kept` of `cols` columns. */
export function marginalKernel(kernel: Kernel, cols: number, kept: number): Kernel {
  return gaussianKernel((gaussianGamma(kernel) * cols) / kept);
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
