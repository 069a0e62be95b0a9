import type { CandidateSpec } from "../../specification/candidate-spec";
import { type Matrix, zeros } from "../../ground/matrix";

/** What m specifications are weights on: every point once, however many have it. */
export interface SharedPoints {
  /** Shape [p, d]. */
  readonly points: Matrix<Float64Array>;
  /** Per specification: which points it has, and its weights. */
  readonly members: readonly {
    readonly at: Int32Array;
    readonly weights: Float64Array;
  }[];
}

/**
 * The points of several specifications. On a book they have most in common, so that what costs as much as there are
 * points, the kernel with a row, is worked out once for all of them.
 *
 * @param specs - One or more, all of d columns.
 */
export function sharePoints(specs: readonly CandidateSpec[]): SharedPoints {
  const { cols } = specs[0]!.rkme.points;
  const places = new Map<string, number>();
  const found: Float64Array[] = [];
  const members = specs.map(({ rkme: { points, weights } }) => {
    const at = Int32Array.from({ length: points.rows }, (_, j) => {
      const point = points.data.subarray(j * cols, (j + 1) * cols);
      const key = point.join();
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, found.length);
      return found.push(point) - 1;
    });
    return { at, weights };
  });
  const points = zeros(found.length, cols);
  found.forEach((point, j) => points.data.set(point, j * cols));
  return { points, members };
}
