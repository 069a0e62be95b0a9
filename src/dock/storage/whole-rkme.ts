import { MOST_POINT, MOST_WEIGHT } from "../../engine/specification/comparable";
import type { StoredSpecification } from "./learnware-store";

/**
 * Whether a reduced set that was kept can be compared with others: its bytes fill its shape, and its numbers are those
 * of a specification that could have been let in.
 *
 * @param width - Numbers that a point of its space has.
 */
export function isWhole(stored: StoredSpecification, width: number): boolean {
  const { rows, cols, points, weights, rowCount, radiusSquared, selfProduct } = stored;
  if (rows < 1 || cols !== width) return false;
  if (points.length !== 4 * rows * cols || weights.length !== 4 * rows) return false;
  const others = [radiusSquared, selfProduct];
  if (!others.every(Number.isFinite) || radiusSquared < 0) return false;
  if (!Number.isSafeInteger(rowCount)) return false;
  return isWithin(points, MOST_POINT) && isWithin(weights, MOST_WEIGHT);
}

/** Of single-precision numbers, little-endian, at any offset. */
function isWithin(bytes: Uint8Array, most: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 4) {
    if (!(Math.abs(view.getFloat32(at, true)) <= most)) return false;
  }
  return true;
}
