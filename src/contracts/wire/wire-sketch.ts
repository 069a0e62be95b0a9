import type { Space } from "../../engine/kinds/space";
import type { Sketches } from "../../engine/search/sketches/sketch-scan";
import type { IslandSketches, Requirement } from "../http/dock-api";
import { AppError } from "../outcome";
import { coarseCount } from "../../engine/specification/coarse-count";
import { bytesFromBase64, bytesToBase64, decodeFloats, encodeFloats } from "./wire-rkme";

/** A cosine is at most one, noise for very few rows some hundreds; half precision ends soon after. */
const MOST_NUMBER = 60_000;

/** A sketch, and what noise was added to it: an (ε, δ), or null for none. */
interface MadeSketch {
  readonly sketch: Float32Array | Float64Array;
  readonly rowCount: number;
  readonly epsilon: number | null;
  readonly delta: number | null;
}

/**
 * A sketch as it travels: `private` if noise was added to it, else `sketch`, which is not safe to
 * send of private rows.
 *
 * @param space - That the rows were described in.
 */
export function sketchRequirement(
  { sketch, rowCount, epsilon, delta }: MadeSketch,
  { id, version }: Pick<Space, "id" | "version">,
): Requirement {
  const space = { id, version };
  const wire = encodeFloats("sketch", sketch);
  if (epsilon === null || delta === null) return { form: "sketch", space, sketch: wire };
  return { form: "private", space, sketch: wire, epsilon, delta, rowCount: coarseCount(rowCount) };
}

/**
 * The numbers of a sketch that arrived.
 *
 * @param count - How many a sketch of the space has.
 * @returns Shape [count].
 * @throws AppError `bad_input` if there are not as many, one is not finite, or larger than any sketch has.
 */
export function sketchFromWire(wire: string, count: number): Float64Array {
  const sketch = decodeFloats("sketch", wire, count);
  if (sketch.every((number) => Math.abs(number) <= MOST_NUMBER)) return sketch;
  throw new AppError(
    "bad_input",
    `sketch must have numbers from ${-MOST_NUMBER} to ${MOST_NUMBER}`,
  );
}

/** Quantised sketches as they travel: the bytes themselves, in base64. */
export function sketchesToWire({ data }: Sketches): string {
  return bytesToBase64(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/**
 * An island's sketches as they arrived.
 *
 * @throws AppError `bad_input` if there are not as many numbers as the entries need.
 */
export function sketchesFromWire({
  entries,
  data,
  count,
}: IslandSketches): Sketches<Int8Array<ArrayBuffer>> {
  const bytes = bytesFromBase64("data", data);
  if (bytes.length !== entries.length * count) {
    throw new AppError("bad_input", `data must hold ${entries.length} sketches of ${count} bytes`);
  }
  const scales = Float64Array.from(entries, ({ scale }) => scale);
  return { data: new Int8Array(bytes.buffer), scales, count };
}
