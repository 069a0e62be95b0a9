import type { DrawnIsland, Scene } from "./scene";
import { type Size, toChart, type View } from "./viewport";

/** What lies at a place of the chart. */
export interface Hit {
  readonly island: DrawnIsland;
  /** A model, and where it lies; null for the island itself. */
  readonly model: { readonly id: string; readonly x: number; readonly y: number } | null;
}

/** CSS pixels from a dot that still mean it. */
const NEAR = 9;

/** The model nearest to a pixel, else the island there, else null. */
export function hitAt(
  { islands }: Scene,
  view: View,
  size: Size,
  at: readonly [x: number, y: number],
): Hit | null {
  const [x, y] = toChart(view, size, at);
  const near = NEAR / view.scale;
  for (const island of islands) {
    const [dx, dy] = [x - island.x, y - island.y];
    if (Math.hypot(dx, dy) > island.radius + near) continue;
    return { island, model: modelAt(island, dx, dy, near) };
  }
  return null;
}

function modelAt(island: DrawnIsland, x: number, y: number, near: number): Hit["model"] {
  const { places, ids } = island;
  let best = -1;
  let least = near * near;
  for (let i = 0; i < ids.length; i++) {
    const away = (places[2 * i]! - x) ** 2 + (places[2 * i + 1]! - y) ** 2;
    if (away <= least) [best, least] = [i, away];
  }
  if (best < 0) return null;
  return {
    id: ids[best]!,
    x: island.x + places[2 * best]!,
    y: island.y + places[2 * best + 1]!,
  };
}
