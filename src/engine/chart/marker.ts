import type { ChartIsland } from "./chart";
import { placeAmong } from "./majorise";

/** A learnware that the user's table was compared with. */
export interface Compared {
  readonly id: string;
  /** 1 − MMD² / (‖a‖² + ‖b‖²), ≤ 1. */
  readonly similarity: number;
}

/** Where the user's table lies on an island, and what it is joined to: both in units of the chart. */
export interface Marker {
  readonly islandId: string;
  readonly x: number;
  readonly y: number;
  /** Truly nearest first, wherever they are drawn. */
  readonly nearest: readonly { readonly id: string; readonly x: number; readonly y: number }[];
}

const MOST_JOINED = 6;
/** Rounds after which place and scale hardly change each other. */
const ROUNDS = 6;

/**
 * The place of the user's table among the learnwares that it was compared with, by their similarities alone: the nearer
 * count for more. How large the island's distances are drawn is fitted to them.
 *
 * @param compared - In any order; those that the island lacks are left out.
 * @returns Null if none of them is on the island.
 */
export function placeMarker(island: ChartIsland, compared: readonly Compared[]): Marker | null {
  const index = new Map(island.ids.map((id, i) => [id, i]));
  const known = compared
    .flatMap(({ id, similarity }) => {
      const at = index.get(id);
      if (at === undefined) return [];
      const [x, y] = [island.places[at * 2]!, island.places[at * 2 + 1]!];
      return [{ id, x, y, distance: Math.sqrt(Math.max(0, 1 - similarity)) }];
    })
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1));
  if (known.length === 0) return null;
  const nearest = known.slice(0, MOST_JOINED);
  const distances = known.map(({ distance }) => distance);
  const floor = 0.05 * (distances.at(-1)! || 1);
  const weights = distances.map((distance) => 1 / (distance + floor) ** 3);
  const anchors = Float64Array.from(known.flatMap((one) => [one.x, one.y]));
  let [x, y] = placeAmong(
    distances.map(() => 0),
    anchors,
    weights,
  );
  for (let round = 0; round < ROUNDS; round++) {
    const drawn = known.map((one) => Math.hypot(one.x - x, one.y - y));
    const unit =
      weighted(drawn, distances, weights) / (weighted(distances, distances, weights) || 1);
    [x, y] = placeAmong(
      distances.map((distance) => unit * distance),
      anchors,
      weights,
    );
  }
  const share = Math.min(1, (0.95 * island.radius) / (Math.hypot(x, y) || 1));
  return {
    islandId: island.id,
    x: island.x + share * x,
    y: island.y + share * y,
    nearest: nearest.map((one) => ({ id: one.id, x: island.x + one.x, y: island.y + one.y })),
  };
}

/** Σ w a b. */
function weighted(a: readonly number[], b: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * a[i]! * b[i]!, 0);
}
