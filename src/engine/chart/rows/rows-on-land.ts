import type { Matrix } from "../../ground/matrix";
import { zeros } from "../../ground/matrix";
import type { CandidateSpec } from "../../specification/candidate-spec";
import {
  isOnLand,
  type LandOutlines,
  type LearntLand,
  learntLand,
  outlinesOfLand,
} from "./learnt-land";
import { onPlane, type Plane, partingPlanes } from "./parting-plane";

/** Rows on a plane, and the land where learnwares learnt. */
export interface RowsOnLand {
  /** Shape [n, 2], pulled in to the frame. */
  readonly places: Float32Array<ArrayBuffer>;
  readonly land: LandOutlines;
  /** Left, top, right, bottom of what is to be seen. */
  readonly frame: readonly [left: number, top: number, right: number, bottom: number];
  /** Rows that lie beyond the frame, and stand at its edge. */
  readonly beyond: number;
  /** Rows that are not covered, and stand on land all the same. */
  readonly astray: number;
}

/** Of the rows on either side of each axis: they may be pulled in to the frame. */
const OUTERMOST = 0.01;
/** Of the frame. */
const MARGIN = 0.05;

/**
 * Lays rows and learnwares on a plane on which those rows that are covered and those that are not part as well as on any
 * that was tried: fewest of those that are not covered stand on land. It is a projection at a right angle, so rows never lie
 * farther apart than they do in truth, and may lie much nearer. The same rows and learnwares give the same plane.
 *
 * @param x - Shape [n, d], on the scale of the specifications.
 * @param covered - Shape [n]: 1 where some learnware covers the row.
 * @param specs - One or more, of d columns; each counts as much as the others.
 */
export function rowsOnLand(
  x: Matrix<Float32Array>,
  covered: Uint8Array,
  specs: readonly CandidateSpec[],
): RowsOnLand {
  const { points, weights, widths } = joined(specs, x.cols);
  const tried = partingPlanes({ x, covered, points, weights }).map((plane: Plane) => {
    const places = onPlane(x, plane);
    const land = learntLand(onPlane(points, plane), weights, widths);
    return { places, land, astray: countAstray(places, covered, land) };
  });
  const best = tried.reduce((least, one) => (one.astray < least.astray ? one : least));
  const outlines = outlinesOfLand(best.land);
  const frame = frameOf(best.places, outlines);
  const [left, top, right, bottom] = frame;
  let beyond = 0;
  const places = new Float32Array(best.places.length);
  for (let at = 0; at < places.length; at += 2) {
    const [px, py] = [best.places[at]!, best.places[at + 1]!];
    places[at] = Math.min(right, Math.max(left, px));
    places[at + 1] = Math.min(bottom, Math.max(top, py));
    if (px < left || px > right || py < top || py > bottom) beyond++;
  }
  return { places, land: outlines, frame, beyond, astray: best.astray };
}

/** All points of all specifications, and how wide rows lie about each along one axis. */
function joined(specs: readonly CandidateSpec[], cols: number) {
  const rows = specs.reduce((sum, { rkme }) => sum + rkme.points.rows, 0);
  const points = zeros(rows, cols);
  const weights = new Float64Array(rows);
  const widths = new Float64Array(rows);
  let at = 0;
  for (const { rkme, radiusSquared } of specs) {
    // 95 % of the rows lie within the radius of a point: of χ² with d degrees, about d + 2.33 √d.
    const width = Math.sqrt(radiusSquared / (cols + 2.33 * Math.sqrt(cols)));
    const positive = rkme.weights.map((weight) => Math.max(0, weight));
    const total = positive.reduce((sum, weight) => sum + weight, 0) || 1;
    points.data.set(rkme.points.data, at * cols);
    weights.set(
      positive.map((weight) => weight / total / specs.length),
      at,
    );
    widths.fill(width, at, at + positive.length);
    at += positive.length;
  }
  return { points, weights, widths };
}

function countAstray(places: Float64Array, covered: Uint8Array, land: LearntLand): number {
  return covered.reduce(
    (sum, one, i) => sum + Number(!one && isOnLand(land, places[2 * i]!, places[2 * i + 1]!)),
    0,
  );
}

/** Around the land and all rows but the outermost. */
function frameOf(places: Float64Array, { near, coast }: LandOutlines): RowsOnLand["frame"] {
  const shores = [...near, ...coast].flatMap((ring) => [...ring]);
  const [left, right] = span(places, shores, 0);
  const [top, bottom] = span(places, shores, 1);
  const pad = MARGIN * Math.max(right - left, bottom - top) || 1;
  return [left - pad, top - pad, right + pad, bottom + pad];
}

function span(
  places: Float64Array,
  shores: readonly number[],
  axis: 0 | 1,
): readonly [least: number, most: number] {
  const sorted = places.filter((_, at) => at % 2 === axis).sort();
  const ends = [OUTERMOST, 1 - OUTERMOST].flatMap(
    (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? [],
  );
  let [least, most] = [Math.min(...ends), Math.max(...ends)];
  for (let at = axis; at < shores.length; at += 2) {
    least = Math.min(least, shores[at]!);
    most = Math.max(most, shores[at]!);
  }
  return [least, most];
}
