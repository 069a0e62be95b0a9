import type { Matrix } from "../ground/matrix";
import type { CandidateSpec } from "../specification/candidate-spec";
import type { Compute } from "../specification/kernel/compute";

/** Of n rows, beside what several learnwares learnt from. */
export interface CoveredRows {
  /** Shape [n]: 1 where the row lies within the radius of some point of some specification. */
  readonly covered: Uint8Array<ArrayBuffer>;
  /** Shape [n]: which specification has the nearest point, measured in its own radius, and which of its points that is. */
  readonly spec: Int32Array;
  readonly point: Int32Array;
}

/** Squared; so that a radius of 0 divides. */
const LEAST_RADIUS = 1e-12;

/**
 * Which rows learnwares cover between them, by the rule that ranks them. Cost is O(n · Σ points · d).
 *
 * @param x - Shape [n, d], on the scale of the specifications.
 * @param specs - One or more, of d columns.
 */
export async function coverRows(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Promise<CoveredRows> {
  const covered = new Uint8Array(x.rows);
  const [spec, point] = [new Int32Array(x.rows), new Int32Array(x.rows)];
  const least = new Float64Array(x.rows).fill(Infinity);
  const rows = await compute.load(x);
  try {
    for (const [m, { rkme, radiusSquared }] of specs.entries()) {
      const { index, squaredDistance } = await rows.nearest(rkme.points);
      squaredDistance.forEach((squared, i) => {
        if (squared <= radiusSquared) covered[i] = 1;
        const apart = squared / Math.max(radiusSquared, LEAST_RADIUS);
        if (apart >= least[i]!) return;
        least[i] = apart;
        spec[i] = m;
        point[i] = index[i]!;
      });
    }
  } finally {
    rows.dispose();
  }
  return { covered, spec, point };
}

/** Columns named for a row at most. */
export const MOST_COLUMNS = 3;
/** Of the squared distance: what a column must make up to be named. */
const LEAST_SHARE = 0.15;

/**
 * In which columns a row lies farthest from a point: those that make up most of the distance, the farthest first.
 *
 * @param row - Shape [d]; so is the point.
 */
export function farthestColumns(row: ArrayLike<number>, point: ArrayLike<number>): number[] {
  const apart = Float64Array.from(row, (value, j) => (value - point[j]!) ** 2);
  const least = LEAST_SHARE * apart.reduce((sum, one) => sum + one, 0);
  return [...apart.keys()]
    .filter((j) => apart[j]! > 0 && apart[j]! >= least)
    .sort((a, b) => apart[b]! - apart[a]!)
    .slice(0, MOST_COLUMNS);
}
