import { mixable } from "../mixable";
import type { Sketches, SketchMatch } from "./sketch-scan";

/** The sketches nearest to a target, best first. */
type Nearest = (target: Float64Array, limit: number) => Promise<readonly SketchMatch[]>;

/**
 * `mixable` among sketches that are at hand.
 *
 * @param sketch - Shape [count], of the user's rows.
 * @returns Which sketches, at most 200.
 */
export async function mixableSketches(
  { data, scales, count }: Sketches,
  sketch: Float32Array | Float64Array,
  nearest: Nearest,
): Promise<number[]> {
  const found = await mixable(
    {
      nearest,
      keyOf: ({ index }) => index,
      sketchOf: ({ index }) => {
        const own = Float64Array.from(data.subarray(index * count, (index + 1) * count));
        return own.map((value) => scales[index]! * value);
      },
    },
    sketch,
  );
  return found.map(({ index }) => index);
}
