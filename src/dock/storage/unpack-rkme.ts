import type { Specification } from "../../engine/specification/specification";
import type { StoredSpecification } from "./learnware-store";
import { gaussianKernel } from "../../engine/specification/kernel/kernel";

/** A reduced set as it is kept, to compute with. */
export function unpackRkme(
  { rows, cols, points, weights, rowCount }: StoredSpecification,
  gamma: number,
): Specification {
  return {
    points: { data: floatsOf(points), rows, cols },
    weights: floatsOf(weights),
    kernel: gaussianKernel(gamma),
    rowCount,
  };
}

/** Single-precision numbers, little-endian, at any offset. */
function floatsOf(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
