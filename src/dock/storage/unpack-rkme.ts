import type { Specification } from "../../engine/specification/specification";
import type { StoredSpecification } from "./learnware-store";
import type { Kernel } from "../../engine/specification/kernel/kernel";

/** A reduced set as it is kept, to compute with. */
export function unpackRkme(
  { rows, cols, points, weights, rowCount }: StoredSpecification,
  kernel: Kernel,
): Specification {
  return {
    points: { data: floatsOf(points), rows, cols },
    weights: floatsOf(weights),
    kernel,
    rowCount,
  };
}

/** Single-precision numbers, little-endian, at any offset. */
function floatsOf(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
