import { packRkme, type PackedRkme, type PairKernel } from "../../../engine/search/pairs";
import type { Kernel } from "../../../engine/specification/kernel/kernel";
import type { Specification } from "../../../engine/specification/specification";
import type { WasmSketcher } from "../../../runtime/compute/wasm/wasm-sketcher";
import type { Form } from "./form";

/** Specifications with points of their own, in single precision. */
export class OutlineForm implements Form {
  readonly pairs: PairKernel;
  readonly book = null;
  readonly #sketcher: WasmSketcher;
  readonly #kernel: Kernel;

  constructor(pairs: PairKernel, sketcher: WasmSketcher, kernel: Kernel) {
    this.pairs = pairs;
    this.#sketcher = sketcher;
    this.#kernel = kernel;
  }

  pack(rkme: Specification): PackedRkme {
    return packRkme(rkme);
  }

  weightsOf({ weights }: PackedRkme): Float64Array {
    return floatsOf(weights);
  }

  unpack(packed: PackedRkme, rowCount: number): Specification {
    return unpackOutline(packed, this.#kernel, rowCount);
  }

  isExact(): boolean {
    return true;
  }

  sketch(packed: PackedRkme): Float32Array {
    return Float32Array.from(this.#sketcher.sketch(packed));
  }
}

/** What `packRkme` packed. */
export function unpackOutline(
  { rows, cols, points, weights }: PackedRkme,
  kernel: Kernel,
  rowCount: number,
): Specification {
  const data = floatsOf(points);
  return { points: { data, rows, cols }, weights: floatsOf(weights), kernel, rowCount };
}

/** Single-precision numbers, little-endian, at any offset. */
function floatsOf(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
