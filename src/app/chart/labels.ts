import type { Chart, ChartIsland } from "../../engine/chart/chart";
import { type Size, toScreen, type View } from "./viewport";

export interface Label {
  readonly kind: "island" | "water";
  readonly text: string;
  /** A smaller line below; null for none. */
  readonly note: string | null;
  /** In CSS pixels: the middle of its upper edge. */
  readonly x: number;
  readonly y: number;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface LabelWords {
  readonly models: (count: number) => string;
  readonly islandName: (name: string) => string;
  readonly water: (tag: string) => string;
}

export const NAME_HEIGHT = 18;
const NOTE_HEIGHT = 15;
const WATER_HEIGHT = 22;
const GAP = 3;
/** Names of smaller islands are left to the list. */
const SMALLEST = 5;
/** Share of an island's radius that its land mostly lies within. */
const LAND = 0.7;
/** Farther away, waters have no room for their names. */
const FARTHEST_WATERS = 0.4;

/**
 * Names that fit: those of large islands first, each below its island or, if something stands there, above it; then those
 * of waters. None upon another.
 *
 * @param widthOf - CSS pixels that a text takes.
 */
export function placeLabels(
  { islands, waters }: Pick<Chart, "islands" | "waters">,
  view: View,
  size: Size,
  words: LabelWords,
  widthOf: (text: string, kind: Label["kind"]) => number,
): Label[] {
  const taken: Rectangle[] = [];
  const labels: Label[] = [];
  const lands = islands.map(({ x, y, radius }) => {
    const [left, top] = toScreen(view, size, x, y);
    return { left, top, reach: LAND * radius * view.scale };
  });
  const take = (label: Label, width: number, height: number): boolean => {
    const { x, y } = label;
    const box = { left: x - width / 2, right: x + width / 2, top: y, bottom: y + height };
    if (!isInView(box, size) || taken.some((other) => overlaps(box, other))) return false;
    if (lands.some((land) => touches(box, land))) return false;
    taken.push(box);
    labels.push(label);
    return true;
  };
  const largestFirst = islands
    .filter(({ radius }) => radius * view.scale > SMALLEST)
    .sort((a, b) => b.radius - a.radius || (a.id < b.id ? -1 : 1));
  for (const island of largestFirst) {
    const text = words.islandName(island.name);
    const width = widthOf(text, "island");
    const counted = island.ids.length > 1 ? words.models(island.ids.length) : null;
    for (const note of counted === null ? [null] : [counted, null]) {
      const height = NAME_HEIGHT + (note === null ? 0 : NOTE_HEIGHT);
      const seats = seatsOf(island, view, size, height);
      const isTaken = seats.some(([x, y]) =>
        take({ kind: "island", text, note, x, y }, width, height),
      );
      if (isTaken) break;
    }
  }
  for (const { tag, x, y } of view.scale < FARTHEST_WATERS ? [] : waters) {
    const text = words.water(tag);
    const [left, top] = toScreen(view, size, x, y);
    const label = { kind: "water" as const, text, note: null, x: left, y: top - WATER_HEIGHT / 2 };
    take(label, widthOf(text, "water"), WATER_HEIGHT);
  }
  return labels;
}

function seatsOf(
  island: ChartIsland,
  view: View,
  size: Size,
  height: number,
): readonly (readonly [x: number, y: number])[] {
  const [x, y] = toScreen(view, size, island.x, island.y);
  const reach = island.radius * view.scale;
  return [
    [x, y + reach + GAP],
    [x, y - reach - height - GAP],
  ];
}

function isInView({ left, top, right, bottom }: Rectangle, { width, height }: Size): boolean {
  return left >= 0 && top >= 0 && right <= width && bottom <= height;
}

/** Whether a circle reaches into a rectangle. */
function touches(
  { left, top, right, bottom }: Rectangle,
  land: { readonly left: number; readonly top: number; readonly reach: number },
): boolean {
  const dx = Math.max(left - land.left, 0, land.left - right);
  const dy = Math.max(top - land.top, 0, land.top - bottom);
  return Math.hypot(dx, dy) < land.reach;
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
