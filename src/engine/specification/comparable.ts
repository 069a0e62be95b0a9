import type { Specification } from "./specification";

/** Beyond these, squares and sums overflow single precision, which the kernels compute in. */
export const MOST_POINT = 1e15;
export const MOST_WEIGHT = 1e6;

/** Why nothing can be compared with a specification, whose numbers may be anything; null if it can. */
export function whyIncomparable({
  points,
  weights,
}: Pick<Specification, "points" | "weights">): string | null {
  const isWithin = (most: number) => (number: number) => Math.abs(number) <= most;
  if (!points.data.every(isWithin(MOST_POINT))) return `points must lie within ±${MOST_POINT}`;
  if (!weights.every(isWithin(MOST_WEIGHT))) return `weights must lie within ±${MOST_WEIGHT}`;
  if (weights.every((weight) => weight === 0)) return "weights must not all be 0";
  return null;
}
