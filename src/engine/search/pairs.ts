/** @file Exact comparison of one reduced set with many. */

import { EngineError } from "../ground/errors";
import { checkGamma } from "../specification/kernel/gaussian";
import type { Specification, SpecificationExtras } from "../specification/specification";

/** A reduced set as it is stored and sent: float32, little-endian, at any offset. */
export interface PackedRkme {
  readonly rows: number;
  readonly cols: number;
  /** Shape [rows, cols], row-major. */
  readonly points: Uint8Array;
  /** Shape [rows]. */
  readonly weights: Uint8Array;
}

/** A packed set with its reach: what lies no further than this from one of its points is covered. */
export type ReachingRkme = PackedRkme & Pick<SpecificationExtras, "radiusSquared">;

/** One set against another. */
export interface Comparison {
  /** ⟨one, other⟩. */
  readonly cross: number;
  /** Which points of the one the other covers: bit i % 8 of byte ⌊i / 8⌋ is for point i. */
  readonly covered: Uint8Array;
}

/**
 * Compares one reduced set with many.
 *
 * Implementations: `ReferencePairs` (double precision, the oracle), and in `runtime` WASM SIMD,
 * whose products err by less than 1e-6 · Σ|weights| · Σ|weights|.
 */
export interface PairKernel {
  /**
   * Inner products under the kernel exp(−gamma · ‖x − y‖²), and coverage. Cost O(m · Σn · d).
   *
   * @param one - m points of dimension d, finite.
   * @param gamma - In 1 / (scaled unit)².
   * @param others - n points each, of the same dimension, finite.
   * @throws EngineError `shape_mismatch` if dimensions differ, a set is empty, or its bytes do not fill its shape.
   * @throws EngineError `bad_parameter` if gamma is not finite and positive.
   */
  compare(one: PackedRkme, gamma: number, others: readonly ReachingRkme[]): Comparison[];
}

export class ReferencePairs implements PairKernel {
  compare(one: PackedRkme, gamma: number, others: readonly ReachingRkme[]): Comparison[] {
    checkPairs(one, gamma, others);
    const points = numbersOf(one.points);
    const weights = numbersOf(one.weights);
    return others.map((other) => {
      const theirs = numbersOf(other.points);
      const theirWeights = numbersOf(other.weights);
      const covered = new Uint8Array(Math.ceil(one.rows / 8));
      let cross = 0;
      for (let i = 0; i < one.rows; i++) {
        let value = 0;
        for (let j = 0; j < other.rows; j++) {
          const squared = squaredDistance(points, i, theirs, j, one.cols);
          value += theirWeights[j]! * Math.exp(-gamma * squared);
          if (squared <= other.radiusSquared) covered[i >> 3]! |= 1 << (i & 7);
        }
        cross += weights[i]! * value;
      }
      return { cross, covered };
    });
  }
}

/** What every `PairKernel` asks of sets; see there. */
export function checkPairs(one: PackedRkme, gamma: number, others: readonly PackedRkme[]): void {
  checkGamma(gamma);
  for (const { rows, cols, points, weights } of [one, ...others]) {
    const isFull = points.length === 4 * rows * cols && weights.length === 4 * rows;
    if (rows < 1 || cols < 1 || cols !== one.cols || !isFull) {
      throw new EngineError(
        "shape_mismatch",
        `sets must be [m ≥ 1, ${one.cols}], got [${rows}, ${cols}] of ${points.length} and ${weights.length} bytes`,
      );
    }
  }
}

/** A reduced set in single precision. */
export function packRkme({ points, weights }: Specification): PackedRkme {
  const { rows, cols, data } = points;
  return { rows, cols, points: bytesOf(data), weights: bytesOf(weights) };
}

/** ⟨v, v⟩, as the kernel has it. */
export function selfProduct(kernel: PairKernel, set: PackedRkme, gamma: number): number {
  return kernel.compare(set, gamma, [{ ...set, radiusSquared: 0 }])[0]!.cross;
}

/**
 * The share of a set's weight that its covered points carry, in [0, 1]; negative weights count as none.
 *
 * @param weights - Shape [m].
 * @param covered - Bits, as in a `Comparison`.
 */
export function coveredShare(weights: Float64Array, covered: Uint8Array): number {
  let total = 0;
  let reached = 0;
  for (let i = 0; i < weights.length; i++) {
    const share = Math.max(0, weights[i]!);
    total += share;
    if (covered[i >> 3]! & (1 << (i & 7))) reached += share;
  }
  return total > 0 ? reached / total : 0;
}

function bytesOf(numbers: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((number, i) => view.setFloat32(4 * i, number, true));
  return new Uint8Array(view.buffer);
}

function numbersOf(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

function squaredDistance(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  cols: number,
): number {
  let sum = 0;
  for (let k = 0, p = i * cols, q = j * cols; k < cols; k++, p++, q++) {
    const difference = a[p]! - b[q]!;
    sum += difference * difference;
  }
  return sum;
}
