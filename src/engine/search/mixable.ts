/** A mixture is sought among so many candidates of each of so many targets. */
const TARGETS = 5;
export const CANDIDATES_PER_TARGET = 40;

/** What is searched: `nearest` answers with items, best first. */
interface SketchIndex<T> {
  nearest(target: Float64Array, limit: number): Promise<readonly T[]>;
  /** Items with the same key are the same. */
  keyOf(item: T): string | number;
  /** Shape [count]. */
  sketchOf(item: T): Promise<ArrayLike<number>> | ArrayLike<number>;
}

/**
 * Learnwares that a mixture may be made of. Those near to the whole are not those it consists of, so
 * after each choice the index is asked for what is still missing: with t chosen, for
 * (t + 1) · φ(user) − Σ φ(chosen).
 *
 * @param sketch - Shape [count], of the user's rows.
 * @param first - The nearest to it, best first, where they are known.
 * @returns At most 200.
 */
export async function mixable<T>(
  index: SketchIndex<T>,
  sketch: Float32Array | Float64Array,
  first?: readonly T[],
): Promise<T[]> {
  const pool = new Map<string | number, T>();
  const chosen = new Set<string | number>();
  const target = Float64Array.from(sketch);
  let answers = first ?? (await index.nearest(target, CANDIDATES_PER_TARGET));
  for (;;) {
    for (const answer of answers) pool.set(index.keyOf(answer), answer);
    const best = answers.find((answer) => !chosen.has(index.keyOf(answer)));
    if (best === undefined || chosen.size === TARGETS - 1) return [...pool.values()];
    chosen.add(index.keyOf(best));
    const taken = await index.sketchOf(best);
    for (let i = 0; i < target.length; i++) target[i]! += sketch[i]! - taken[i]!;
    answers = await index.nearest(target, CANDIDATES_PER_TARGET);
  }
}
