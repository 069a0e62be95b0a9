import { whyIncomparable } from "../../engine/specification/comparable";
import type { StoredSpecification } from "./learnware-store";
import { unpackRkme } from "./unpack-rkme";

/**
 * Whether a reduced set that was kept can be compared with others: its bytes fill its shape, and its numbers are those
 * of a specification that could have been let in.
 *
 * @param cols - Numbers that a point of its space has.
 */
export function isWhole(stored: StoredSpecification, cols: number): boolean {
  const { rows, points, weights, rowCount, radiusSquared, selfProduct } = stored;
  const isFull = points.length === 4 * rows * cols && weights.length === 4 * rows;
  if (rows < 1 || stored.cols !== cols || !isFull || !Number.isSafeInteger(rowCount)) return false;
  if (!(radiusSquared >= 0) || !Number.isFinite(selfProduct)) return false;
  return whyIncomparable(unpackRkme(stored, 1)) === null;
}
