import type { Matrix } from "../../engine/ground/matrix";
import { coarseCount } from "../../engine/specification/coarse-count";
import { whyIncomparable } from "../../engine/specification/comparable";
import type { Specification } from "../../engine/specification/specification";
import type { WireRkme } from "../http/dock-api";
import { AppError } from "../outcome";

/**
 * A reduced set as it travels: base64 of little-endian float32, row-major; the row count is a coarse one.
 *
 * @throws AppError `bad_input` if a number does not fit in float32.
 */
export function toWire(rkme: Specification): WireRkme {
  return {
    rows: rkme.points.rows,
    cols: rkme.points.cols,
    points: encodeFloats("points", rkme.points.data),
    weights: encodeFloats("weights", rkme.weights),
    kernel: rkme.kernel,
    rowCount: coarseCount(rkme.rowCount),
  };
}

/**
 * A reduced set as it arrived.
 *
 * @throws AppError `bad_input` if the lengths disagree with the shape, or a number is not finite or too large.
 */
export function fromWire(wire: WireRkme): Specification {
  const points: Matrix<Float64Array> = {
    data: decodeFloats("points", wire.points, wire.rows * wire.cols),
    rows: wire.rows,
    cols: wire.cols,
  };
  const weights = decodeFloats("weights", wire.weights, wire.rows);
  const why = whyIncomparable({ points, weights });
  if (why !== null) throw new AppError("bad_input", why);
  return { points, weights, kernel: wire.kernel, rowCount: wire.rowCount };
}

/**
 * Numbers as little-endian float32 in base64.
 *
 * @param name - What to call them in a refusal.
 * @throws AppError `bad_input` if a number does not fit in float32.
 */
export function encodeFloats(name: string, numbers: Float64Array | Float32Array): string {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, i) => {
    view.setFloat32(i * 4, number, true);
    if (!Number.isFinite(view.getFloat32(i * 4, true))) {
      throw new AppError("bad_input", `${name} must be finite in single precision`);
    }
  });
  return bytesToBase64(bytes);
}

export function bytesToBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192)); // Engines limit how many arguments a call takes.
  }
  return btoa(text);
}

/** @throws AppError `bad_input`, which calls it by `name`, if the text is not base64. */
export function bytesFromBase64(name: string, base64: string): Uint8Array<ArrayBuffer> {
  let text: string;
  try {
    text = atob(base64);
  } catch (cause) {
    throw new AppError("bad_input", `${name} must be base64`, {}, { cause });
  }
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * What `encodeFloats` made.
 *
 * @throws AppError `bad_input` if it is not base64 of `count` finite numbers.
 */
export function decodeFloats(name: string, base64: string, count: number): Float64Array {
  const bytes = bytesFromBase64(name, base64);
  if (bytes.length !== count * 4) {
    throw new AppError(
      "bad_input",
      `${name} must hold ${count} numbers in ${count * 4} bytes, got ${bytes.length} bytes`,
    );
  }
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: count }, (_, i) => {
    const number = view.getFloat32(i * 4, true);
    if (!Number.isFinite(number)) throw new AppError("bad_input", `${name} must be finite`);
    return number;
  });
}
