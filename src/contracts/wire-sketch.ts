import { type Requirement, SKETCH_LENGTH } from "./dock-api";
import type { SketchDescription } from "./spec-api";
import { coarseCount, decodeFloats, encodeFloats } from "./wire-rkme";

/**
 * A sketch as it travels: `private` if noise was added to it, else `sketch`, which is not safe to
 * send of private rows.
 */
export function sketchRequirement({
  sketch,
  rowCount,
  epsilon,
  delta,
}: Pick<SketchDescription, "sketch" | "rowCount" | "epsilon" | "delta">): Requirement {
  const wire = encodeFloats("sketch", sketch);
  if (epsilon === null || delta === null) return { kind: "sketch", sketch: wire };
  return { kind: "private", sketch: wire, epsilon, delta, rowCount: coarseCount(rowCount) };
}

/**
 * The numbers of a sketch that arrived.
 *
 * @returns Shape [512].
 * @throws AppError `bad_input` if one is not finite.
 */
export function sketchFromWire(wire: string): Float64Array {
  return decodeFloats("sketch", wire, SKETCH_LENGTH);
}
