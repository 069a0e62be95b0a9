import type { FeatureMatch } from "../space/space";

/** How many of a space's features a table can be compared in. */
export interface Compared {
  readonly found: number;
  readonly total: number;
}

/** @param matches - One for every feature of the space; none where it has no features, and data lie in it as a whole. */
export function comparedOf(matches: readonly FeatureMatch[]): Compared {
  const found = matches.filter(({ column }) => column !== null).length;
  return { found, total: matches.length };
}

export function comparedShare({ found, total }: Compared): number {
  return total > 0 ? found / total : 1;
}
