import { EngineError } from "../../../ground/errors";
import { type Matrix, zeros } from "../../../ground/matrix";
import type { Specification } from "../../../specification/specification";
import { pullIn } from "./encode";
import { encodedWidth } from "./encoded-width";
import type { Space, SpaceFeature } from "./space";
import { categoryKey } from "../../../ground/category-key";

/** Single precision cannot tell a deviation of less than this share of the mean from none. */
const ROUNDING = 1e-6;

/** The mean squared distance of rows from their points, as a share of the distance that 95 % keep to. */
const MEAN_OF_RADIUS = 0.5;

/** A reduced set, and how far from its points the rows behind it lay. */
export interface Rescaled {
  readonly rkme: Specification;
  /** In (scaled unit)² of the island it was moved to. */
  readonly radiusSquared: number;
}

/**
 * Move a reduced set from one island's scale to another's, or to another version's: every point is
 * where it would be had the rows behind it been scaled by `to`. Features are the same by name, in
 * any order; a value of a category that `from` does not list is taken for absent, and one that `to`
 * does not list is left out. A reduced set is a weighted sample, so it may be looked at through
 * `to`'s kernel.
 *
 * The radius grows as the rows' mean squared distance from their points does, if that was shared out
 * among `from`'s columns as a good reduction leaves it: equally, but no column has more than its
 * points spread. One point alone tells nothing; the geometric mean of the squared ratios of scales
 * stands in.
 *
 * Not recovered: cells that `from` had pulled in, and missing cells, which stay at `from`'s centre.
 *
 * @param rkme - m points on the scale of `from`.
 * @param radiusSquared - In (scaled unit)² of `from`, ≥ 0.
 * @throws EngineError `bad_parameter` if the islands do not have the same features, by name and type.
 * @throws EngineError `shape_mismatch` if the points are not of `from`'s columns.
 */
export function rescale(
  rkme: Specification,
  radiusSquared: number,
  from: Space,
  to: Space,
): Rescaled {
  const moves = columnMoves(from, to);
  const points = movePoints(rkme.points, moves);
  return {
    rkme: {
      points,
      weights: rkme.weights,
      kernel: to.kernel,
      rowCount: rkme.rowCount,
    },
    radiusSquared: radiusSquared * distanceRatio(rkme, radiusSquared, moves.moves),
  };
}

/**
 * Points on the scale of another island; see `rescale`.
 *
 * @param points - Shape [m, columns of `from`].
 * @returns Shape [m, columns of `to`].
 * @throws EngineError as `rescale` does.
 */
export function rescalePoints(points: Matrix, from: Space, to: Space): Matrix<Float64Array> {
  return movePoints(points, columnMoves(from, to));
}

/** An encoded column of `to`: factor · (column `source` of `from`) + offset. */
interface ColumnMove {
  /** Null for a category value that `from` does not list. */
  readonly source: number | null;
  readonly factor: number;
  readonly offset: number;
}

interface ColumnMoves {
  readonly moves: readonly ColumnMove[];
  /** How many encoded columns `from` has. */
  readonly cols: number;
}

function columnMoves(from: Space, to: Space): ColumnMoves {
  const sources = new Map<string, { feature: SpaceFeature; offset: number }>();
  let cols = 0;
  for (const feature of from.features) {
    sources.set(feature.name, { feature, offset: cols });
    cols += encodedWidth(feature);
  }
  if (from.features.length !== to.features.length) {
    throw new EngineError(
      "bad_parameter",
      `${from.id} has ${from.features.length} features but ${to.id} has ${to.features.length}`,
    );
  }
  const moves = to.features.flatMap((feature) => {
    const source = sources.get(feature.name);
    if (source?.feature.type !== feature.type) {
      throw new EngineError(
        "bad_parameter",
        `${from.id} has no feature "${feature.name}" of type ${feature.type}, which ${to.id} has`,
      );
    }
    return featureMoves(source.feature, feature, source.offset);
  });
  return { moves, cols };
}

function featureMoves(from: SpaceFeature, to: SpaceFeature, offset: number): ColumnMove[] {
  const keys = from.categories.map(categoryKey);
  return to.center.map((center, k) => {
    const scale = to.scale[k]!;
    const source = to.type === "category" ? keys.indexOf(categoryKey(to.categories[k]!)) : 0;
    if (source < 0) return { source: null, factor: 0, offset: -center / scale };
    return {
      source: offset + source,
      factor: from.scale[source]! / scale,
      offset: (from.center[source]! - center) / scale,
    };
  });
}

function movePoints(points: Matrix, { moves, cols }: ColumnMoves): Matrix<Float64Array> {
  if (points.cols !== cols) {
    throw new EngineError(
      "shape_mismatch",
      `the points have ${points.cols} columns, the island they are on ${cols}`,
    );
  }
  const moved = zeros(points.rows, moves.length);
  moves.forEach(({ source, factor, offset }, k) => {
    for (let i = 0; i < points.rows; i++) {
      const value = source === null ? 0 : points.data[i * cols + source]!;
      // On the same scale a point stays the very same, however far out.
      const isSame = factor === 1 && offset === 0;
      moved.data[i * moves.length + k] = isSame ? value : pullIn(factor * value + offset);
    }
  });
  return moved;
}

/** By how much the squared distances of rows from their points grow, all columns together. */
function distanceRatio(
  rkme: Specification,
  radiusSquared: number,
  moves: readonly ColumnMove[],
): number {
  const distances = columnDistances(columnVariances(rkme), radiusSquared * MEAN_OF_RADIUS);
  const before = distances.reduce((sum, distance) => sum + distance, 0);
  let after = 0;
  let logs = 0;
  let kept = 0;
  for (const { source, factor } of moves) {
    if (source === null) continue;
    after += factor * factor * distances[source]!;
    logs += 2 * Math.log(factor);
    kept++;
  }
  if (before > 0 && after > 0) return after / before;
  return kept > 0 ? Math.exp(logs / kept) : 1;
}

/**
 * How a mean squared distance is shared out among columns of these variances: as the points of a
 * good reduction leave it, every column keeps the same amount, but none more than its variance.
 *
 * Source: reverse water-filling, Cover, Thomas, "Elements of Information Theory", theorem 10.3.3.
 */
function columnDistances(variances: Float64Array, total: number): Float64Array {
  let left = total;
  let level = Infinity;
  const ascending = variances.slice().sort();
  for (const [i, variance] of ascending.entries()) {
    const equal = left / (ascending.length - i);
    if (variance >= equal) {
      level = equal;
      break;
    }
    left -= variance;
  }
  return variances.map((variance) => Math.min(variance, level));
}

function columnVariances({ points: { data, rows, cols }, weights }: Specification): Float64Array {
  const shares = weights.map((weight) => Math.max(0, weight));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return new Float64Array(cols).map((_, k) => {
    let mean = 0;
    for (let i = 0; i < rows; i++) mean += (shares[i]! / total) * data[i * cols + k]!;
    let variance = 0;
    for (let i = 0; i < rows; i++)
      variance += (shares[i]! / total) * (data[i * cols + k]! - mean) ** 2;
    return variance > (ROUNDING * mean) ** 2 ? variance : 0;
  });
}
