/** A source of uniform numbers in [0, 1) that repeats itself for the same seed. */
export type Random = () => number;

/** Mulberry32 (Tommy Ettinger): 32 bits of state, enough for sampling, not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A standard normal number (Box–Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `count` different indices below `size`, in random order; all of them if count ≥ size. */
export function sampleIndices(size: number, count: number, random: Random): Int32Array {
  const indices = Int32Array.from({ length: size }, (_, i) => i);
  const taken = Math.min(size, count);
  for (let i = 0; i < taken; i++) {
    const j = i + Math.floor(random() * (size - i));
    const held = indices[i]!;
    indices[i] = indices[j]!;
    indices[j] = held;
  }
  return indices.slice(0, taken);
}
