/** Which old pixels make each new one along one side, and by how much. */
export interface Taps {
  /** Shape [size]: the first old pixel. */
  readonly first: Int32Array;
  /** Shape [size + 1]: where each new pixel's weights begin. */
  readonly start: Int32Array;
  /** Of each new pixel they sum to 1. */
  readonly weights: Float64Array;
}

/**
 * Weights of antialiased bilinear resizing: a triangle as wide as two old pixels where the side grows, and as two new
 * pixels where it shrinks, cut off at the border and made to sum to 1.
 *
 * The same as torch's `interpolate(mode="bilinear", antialias=True, align_corners=False)` and Pillow's `BILINEAR`:
 * https://github.com/pytorch/pytorch/blob/v2.4.0/aten/src/ATen/native/cpu/UpSampleKernel.cpp, `_compute_indices_min_size_weights_aa`.
 *
 * @param from - Old size, ≥ 1.
 * @param to - New size, ≥ 1.
 */
export function tapsOf(from: number, to: number): Taps {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  const first = new Int32Array(to);
  const start = new Int32Array(to + 1);
  const weights: number[] = [];
  for (let i = 0; i < to; i++) {
    const centre = scale * (i + 0.5);
    const low = Math.max(Math.trunc(centre - reach + 0.5), 0);
    const high = Math.min(Math.trunc(centre + reach + 0.5), from);
    let sum = 0;
    for (let j = low; j < high; j++) {
      const weight = 1 - Math.abs(j - centre + 0.5) / reach;
      if (weight <= 0) break; // Only the last one can be on the edge of the triangle.
      weights.push(weight);
      sum += weight;
    }
    for (let k = start[i]!; k < weights.length; k++) weights[k]! /= sum;
    first[i] = low;
    start[i + 1] = weights.length;
  }
  return { first, start, weights: Float64Array.from(weights) };
}
