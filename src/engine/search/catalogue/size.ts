/** Of a learnware's zip. */
export const SIZES = ["tiny", "small", "medium", "large", "huge"] as const;
export type Size = (typeof SIZES)[number];

/** From so many bytes on, a zip is of the next size. */
export const SIZE_BOUNDS = [10_000, 100_000, 1_000_000, 10_000_000] as const;

export function sizeClassOf(sizeBytes: number): Size {
  return SIZES[SIZE_BOUNDS.filter((bound) => sizeBytes >= bound).length]!;
}
