import { STRAIT } from "./archipelago";
import type { ChartIsland, Water } from "./chart";

/** Says nothing. */
const NAMELESS = "Others";
/** Room for a name, in units of the chart. */
const WIDTH = 120;
const HEIGHT = 24;
const STEPS = 48;

/**
 * Names of waters, from what the islands around them are for: each island is counted for the one of its tags that most of
 * its learnwares have, and each name stands where the sea is free nearest to the middle of its islands.
 *
 * @param islands - In any order.
 */
export function nameWaters(islands: readonly Omit<ChartIsland, "places" | "ids">[]): Water[] {
  const groups = new Map<string, (typeof islands)[number][]>();
  for (const island of islands) {
    const tag = island.tags.find((one) => one !== NAMELESS);
    if (tag !== undefined) groups.set(tag, [...(groups.get(tag) ?? []), island]);
  }
  const named: Water[] = [];
  const largestFirst = [...groups].sort(
    ([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1),
  );
  for (const [tag, group] of largestFirst) {
    const seat = freeSeat(group, islands, named);
    if (seat) named.push({ tag, ...seat });
  }
  return named;
}

function freeSeat(
  group: readonly Pick<ChartIsland, "x" | "y" | "radius">[],
  islands: readonly Pick<ChartIsland, "x" | "y" | "radius">[],
  named: readonly Water[],
): { x: number; y: number } | null {
  const middle = {
    x: group.reduce((sum, { x }) => sum + x / group.length, 0),
    y: group.reduce((sum, { y }) => sum + y / group.length, 0),
  };
  const reach = Math.max(
    ...group.map(({ x, y, radius }) => Math.hypot(x - middle.x, y - middle.y) + radius + WIDTH),
  );
  const isFree = (x: number, y: number) =>
    islands.every((one) => clears(x, y, one)) &&
    named.every((one) => Math.abs(one.x - x) > WIDTH || Math.abs(one.y - y) > 2 * HEIGHT);
  let best: { x: number; y: number } | null = null;
  let least = Infinity;
  for (let i = -STEPS; i <= STEPS; i++) {
    for (let j = -STEPS; j <= STEPS; j++) {
      const x = middle.x + (reach * i) / STEPS;
      const y = middle.y + (reach * j) / STEPS;
      const away = Math.hypot(x - middle.x, 1.3 * (y - middle.y));
      if (away < least && isFree(x, y)) [best, least] = [{ x, y }, away];
    }
  }
  return best;
}

/** Whether a name there lies beside the island and beside the name of the island, which is below it. */
function clears(x: number, y: number, island: Pick<ChartIsland, "x" | "y" | "radius">): boolean {
  const dx = Math.max(0, Math.abs(x - island.x) - WIDTH / 2);
  const dy = Math.max(0, Math.abs(y - island.y) - HEIGHT / 2);
  if (Math.hypot(dx, dy) < island.radius + 4) return false;
  const below = y - (island.y + island.radius);
  return Math.abs(x - island.x) > WIDTH || below < -HEIGHT || below > STRAIT + HEIGHT;
}
