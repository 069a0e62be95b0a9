import { archipelago } from "./archipelago";
import type { Chart, ChartIsland } from "./chart";
import { lanesBetween, type Likened, unlikeness } from "./likeness";
import { nameWaters } from "./waters";

/** An island with its learnwares laid out, before it has a place in the sea. */
export interface LaidOut
  extends Likened, Pick<ChartIsland, "name" | "radius" | "unit" | "tags" | "ids" | "places"> {}

/**
 * Puts islands into the sea. The same islands always give the same chart; with the chart before, what was there moves as
 * little as it can.
 *
 * @param islands - Of different ids.
 */
export function drawChart(islands: readonly LaidOut[], before: Chart | null): Chart {
  const sorted = [...islands].sort((a, b) => (a.id < b.id ? -1 : 1));
  const was = new Map(before?.islands.map(({ id, x, y }) => [id, [x, y] as const]) ?? []);
  const seats = archipelago(sorted, unlikeness(sorted), was);
  const placed = sorted.map(({ id, name, radius, unit, tags, ids, places }, i) => ({
    ...{ id, name, radius, unit, tags, ids, places },
    x: seats[i * 2]!,
    y: seats[i * 2 + 1]!,
  }));
  return { islands: placed, lanes: lanesBetween(sorted), waters: nameWaters(placed) };
}
