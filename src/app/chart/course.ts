/** @file The course of a table that is nobody's: it sails from island to island and is joined to what lies nearest. */

import type { Chart, ChartIsland } from "../../engine/chart/chart";
import type { Marker } from "../../engine/chart/marker";

type Harbour = Marker;

export interface Sailing extends Marker {
  /** How far the lines to the nearest have grown, in [0, 1]. */
  readonly joined: number;
}

const MOST_HARBOURS = 4;
const JOINED = 5;
const SAIL_MS = 6500;
const MOOR_MS = 1100;
const STAY_MS = 3600;
const LEAVE_MS = 700;
const LEG_MS = SAIL_MS + MOOR_MS + STAY_MS + LEAVE_MS;

/** Where it calls: on the islands with most models, in a circle around their middle so that no way is sailed twice. */
export function harboursOf({ islands }: Pick<Chart, "islands">): Harbour[] {
  const largest = islands
    .filter(({ ids }) => ids.length > 0)
    .sort((a, b) => b.ids.length - a.ids.length || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_HARBOURS);
  const x = largest.reduce((sum, one) => sum + one.x / largest.length, 0);
  const y = largest.reduce((sum, one) => sum + one.y / largest.length, 0);
  return largest
    .map((one) => ({ one, angle: Math.atan2(one.y - y, one.x - x) }))
    .sort((a, b) => a.angle - b.angle)
    .map(({ one }) => harbourOn(one));
}

/** Where it is so many milliseconds after it lay joined to the models of its first harbour. */
export function sailingAt(harbours: readonly Harbour[], ms: number): Sailing | null {
  const start = harbours[0];
  if (!start) return null;
  if (harbours.length === 1) return { ...start, joined: 1 };
  const time = ms + SAIL_MS + MOOR_MS; // The first leg begins with its end.
  const leg = Math.floor(time / LEG_MS);
  const from = harbours[(leg + harbours.length - 1) % harbours.length]!;
  const to = harbours[leg % harbours.length]!;
  const into = time % LEG_MS;
  if (into < SAIL_MS) {
    const share = eased(into / SAIL_MS);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const bend = 0.16 * Math.sin(Math.PI * share);
    return {
      islandId: to.islandId,
      x: from.x + share * dx - bend * dy,
      y: from.y + share * dy + bend * dx,
      nearest: [],
      joined: 0,
    };
  }
  const there = into - SAIL_MS;
  const leaving = there - MOOR_MS - STAY_MS;
  const joined = leaving > 0 ? 1 - leaving / LEAVE_MS : Math.min(1, there / MOOR_MS);
  return { ...to, joined: eased(Math.max(0, joined)) };
}

/** For how many milliseconds more it lies as it lies after so many, joined to what is near. */
export function restAt(ms: number): number {
  const there = ((ms + SAIL_MS + MOOR_MS) % LEG_MS) - SAIL_MS - MOOR_MS;
  return there < 0 ? 0 : Math.max(0, STAY_MS - there);
}

/** Beside the model that has most neighbours. */
function harbourOn({ id, x, y, ids, places, radius }: ChartIsland): Harbour {
  const most = Math.min(ids.length, 400); // Of very many the first say enough.
  const near = (i: number, j: number) =>
    Math.hypot(places[2 * i]! - places[2 * j]!, places[2 * i + 1]! - places[2 * j + 1]!);
  let [best, densest] = [0, -1];
  for (let i = 0; i < most; i++) {
    let neighbours = 0;
    for (let j = 0; j < most; j++) if (near(i, j) < 0.3 * radius) neighbours++;
    if (neighbours > densest) [best, densest] = [i, neighbours];
  }
  const place = { x: places[2 * best]! - 0.2 * radius, y: places[2 * best + 1]! + 0.12 * radius };
  const nearest = Array.from({ length: most }, (_, i) => i)
    .map((i) => ({ i, away: Math.hypot(places[2 * i]! - place.x, places[2 * i + 1]! - place.y) }))
    .sort((a, b) => a.away - b.away)
    .slice(0, JOINED)
    .map(({ i }) => ({ id: ids[i]!, x: x + places[2 * i]!, y: y + places[2 * i + 1]! }));
  return { islandId: id, x: x + place.x, y: y + place.y, nearest };
}

function eased(share: number): number {
  return share * share * (3 - 2 * share);
}
