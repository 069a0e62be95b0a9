/** @file How much a reduced set gives away about who was in the data, measured by attacking it. */

import { squaredDistance } from "../kernel/gaussian";
import type { Matrix } from "../../ground/matrix";
import type { Specification } from "../specification";
import { areaUnderCurve } from "./roc";

/**
 * The nearest-point membership attack: guess that a row was among those the points were made from
 * if a point is near it (score: minus the distance to the nearest point). The area under its ROC
 * curve is the chance that a row which was scores higher than one which was not; ties count half.
 *
 * Cost O((n + h) · m · d).
 *
 * Source: the distance-to-closest-record attack on synthetic data; Chen, Yu, Zhang, Fritz,
 * "GAN-Leaks", CCS 2020, section 4.2.
 *
 * @param reduced - m points of dimension d.
 * @param train - Shape [n, d]: the rows the points were made from.
 * @param heldOut - Shape [h, d]: rows of the same kind that they were not made from.
 * @returns In [0, 1]: 0.5 when the attack cannot tell, 1 when it always can.
 */
export function membershipAuc(
  { points }: Pick<Specification, "points">,
  train: Matrix,
  heldOut: Matrix,
): number {
  return areaUnderCurve(nearness(points, train), nearness(points, heldOut));
}

/** Minus the squared distances from rows to their nearest points, ascending. */
function nearness(points: Matrix, rows: Matrix): Float64Array {
  const nearest = new Float64Array(rows.rows).fill(Infinity);
  for (let i = 0; i < rows.rows; i++) {
    for (let j = 0; j < points.rows; j++) {
      nearest[i] = Math.min(nearest[i]!, squaredDistance(rows, i, points, j));
    }
  }
  return nearest.map((squared) => -squared).sort();
}
