import type { Sketches, SketchMatch } from "./sketch-scan";

/** A mixture is sought among so many candidates of each of so many targets. */
const TARGETS = 5;
const CANDIDATES_PER_TARGET = 40;

/** The sketches nearest to a target, best first. */
type Nearest = (target: Float64Array, limit: number) => Promise<readonly SketchMatch[]>;

/**
 * Learnwares that a mixture may be made of. Those near to the whole are not those it consists of, so
 * after each choice the sketches are searched for what is still missing: with t chosen, for
 * (t + 1) · φ(user) − Σ φ(chosen).
 *
 * @param sketch - Shape [count], of the user's rows.
 * @returns Which sketches, at most 200.
 */
export async function mixableSketches(
  { data, scales, count }: Sketches,
  sketch: Float32Array | Float64Array,
  nearest: Nearest,
): Promise<number[]> {
  const pool = new Set<number>();
  const chosen = new Set<number>();
  const target = Float64Array.from(sketch);
  for (;;) {
    const answers = (await nearest(target, CANDIDATES_PER_TARGET)).map(({ index }) => index);
    for (const index of answers) pool.add(index);
    const best = answers.find((index) => !chosen.has(index));
    if (best === undefined || chosen.size === TARGETS - 1) return [...pool];
    chosen.add(best);
    const scale = scales[best]!;
    for (let i = 0; i < count; i++) {
      target[i]! += sketch[i]! - scale * data[best * count + i]!;
    }
  }
}
