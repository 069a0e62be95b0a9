import type { Rkme } from "../../engine/specification/rkme";
import type { StoredSpecification } from "./learnware-store";

/** A reduced set as it is kept, to compute with. */
export function unpackRkme(
  { rows, cols, points, weights, rowCount }: StoredSpecification,
  gamma: number,
): Rkme {
  return {
    points: { data: floatsOf(points), rows, cols },
    weights: floatsOf(weights),
    gamma,
    rowCount,
  };
}

/** Single-precision numbers, little-endian, at any offset. */
function floatsOf(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
