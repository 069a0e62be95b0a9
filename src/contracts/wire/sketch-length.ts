import type { AnySpace } from "../../engine/kinds/kind";

/** How many numbers a sketch has where there is no book: 256 frequencies, a cosine and a sine of each. */
export const SKETCH_LENGTH = 512;

/** How many numbers a sketch of a space has: one for each point of its book. */
export function sketchLength({ book }: Pick<AnySpace, "book">): number {
  return book?.points ?? SKETCH_LENGTH;
}
