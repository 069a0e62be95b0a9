import type { IslandMatch } from "./match";

/** Islands that fit before those that are related, and these before the others; each kind best first. */
export function bestFirst(a: IslandMatch, b: IslandMatch): number {
  const kind = ({ fits, isRelated }: IslandMatch) => (fits ? 2 : Number(isRelated));
  return kind(b) - kind(a) || b.score - a.score || b.matched - a.matched;
}
