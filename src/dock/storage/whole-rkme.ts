import { kindOf } from "../../engine/kinds/index";
import type { Space } from "../../engine/kinds/space";
import type { PackedRkme } from "../../engine/search/pairs";
import { MOST_POINT, MOST_WEIGHT } from "../../engine/specification/comparable";
import type { Published, StoredSpecification } from "./learnware-store";

/**
 * Whether a specification that was kept on a version of a space can be compared with others: it is in the form of that
 * version, its bytes fill its shape, and its numbers are those of a specification that could have been let in.
 */
export function isWhole(stored: StoredSpecification, space: Space): boolean {
  const { rowCount, radiusSquared, selfProduct } = stored;
  const others = [radiusSquared, selfProduct];
  if (!others.every(Number.isFinite) || radiusSquared < 0) return false;
  if (!Number.isSafeInteger(rowCount)) return false;
  return space.book ? isOnBook(stored, space) : isOutline(stored, space);
}

/** The same of what was published on it, which may be an outline all the same. */
export function isWholePublished(published: Published, space: Space): boolean {
  if (!(published.radiusSquared >= 0 && published.radiusSquared < Infinity)) return false;
  return isOutline(published, space) || isOnBook(published, space);
}

function isOutline({ rows, cols, points, weights }: PackedRkme, space: Space): boolean {
  if (rows < 1 || cols !== kindOf(space).dimension(space)) return false;
  if (points.length !== 4 * rows * cols || weights.length !== 4 * rows) return false;
  return isWithin(points, MOST_POINT) && isWithin(weights, MOST_WEIGHT);
}

function isOnBook({ rows, cols, points, weights }: PackedRkme, space: Space): boolean {
  if (rows !== space.book?.points || cols !== kindOf(space).dimension(space)) return false;
  return points.length === 0 && weights.length === 2 * rows && weights.some((byte) => byte > 0);
}

/** Of single-precision numbers, little-endian, at any offset. */
function isWithin(bytes: Uint8Array, most: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 4) {
    if (!(Math.abs(view.getFloat32(at, true)) <= most)) return false;
  }
  return true;
}
