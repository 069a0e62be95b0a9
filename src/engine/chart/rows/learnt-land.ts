import { contours, type Relief } from "../contours";

/** How high land stands where learnwares learnt, on a plane. */
export interface LearntLand {
  readonly relief: Relief;
  /** The height of the coast. */
  readonly coast: number;
}

/** Outlines of the land, from water to hill: rings of points x, y, x, y, …, each closed by its first point. */
export interface LandOutlines {
  readonly far: readonly Float32Array<ArrayBuffer>[];
  readonly near: readonly Float32Array<ArrayBuffer>[];
  readonly coast: readonly Float32Array<ArrayBuffer>[];
  readonly hill: readonly Float32Array<ArrayBuffer>[];
}

/** Share of what was learnt from that lies inside each line. */
const INSIDE = { far: 0.997, near: 0.985, coast: 0.95, hill: 0.55 } as const;
/** Corners of the grid along its longer side. */
const CORNERS = 140;
/** In widths of a point's hill: beyond it there is nothing. */
const REACH = 4.2;

/**
 * The density of what learnwares learnt from, as far as weighted points tell: a Gaussian around each, as wide as its rows lie
 * about it.
 *
 * @param places - Shape [m, 2], of the points.
 * @param weights - Shape [m], ≥ 0.
 * @param widths - Shape [m], > 0.
 */
export function learntLand(
  places: Float64Array,
  weights: Float64Array,
  widths: Float64Array,
): LearntLand {
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const [left, right] = range(places, 0);
  const [top, bottom] = range(places, 1);
  const extent = Math.max(right - left, bottom - top) + 2 * REACH * widest || 1;
  const cell = extent / (CORNERS - 1);
  const grid = {
    ...{ cell, left: left - REACH * widest - cell, top: top - REACH * widest - cell },
    across: Math.ceil((right - left + 2 * REACH * widest) / cell) + 3,
    down: Math.ceil((bottom - top + 2 * REACH * widest) / cell) + 3,
  };
  const heights = new Float32Array(grid.across * grid.down);
  // A hill narrower than a cell would fall between its corners.
  const wide = widths.map((width) => Math.max(width, 1.2 * cell));
  weights.forEach((weight, j) => {
    if (weight > 0) raise(heights, grid, places, j, weight, wide[j]!);
  });
  clearEdge(heights, grid.across, grid.down);
  const relief = { ...grid, heights };
  return { relief, coast: heightInside(heights, INSIDE.coast) };
}

export function outlinesOfLand({ relief, coast }: LearntLand): LandOutlines {
  const ring = (share: number) => contours(relief, heightInside(relief.heights, share));
  return {
    far: ring(INSIDE.far),
    near: ring(INSIDE.near),
    coast: contours(relief, coast),
    hill: ring(INSIDE.hill),
  };
}

export function isOnLand({ relief, coast }: LearntLand, x: number, y: number): boolean {
  const { heights, across, down, left, top, cell } = relief;
  const column = Math.round((x - left) / cell);
  const row = Math.round((y - top) / cell);
  if (column < 0 || row < 0 || column >= across || row >= down) return false;
  return heights[row * across + column]! >= coast;
}

function raise(
  heights: Float32Array,
  { across, down, left, top, cell }: Omit<Relief, "heights">,
  places: Float64Array,
  j: number,
  weight: number,
  width: number,
): void {
  const scale = 1 / (2 * width * width);
  const [x, y] = [places[2 * j]! - left, places[2 * j + 1]! - top];
  const reach = REACH * width;
  const from = Math.max(0, Math.floor((x - reach) / cell));
  const to = Math.min(across - 1, Math.ceil((x + reach) / cell));
  const columns = Float64Array.from({ length: Math.max(0, to - from + 1) }, (_, i) =>
    Math.exp(-scale * ((from + i) * cell - x) ** 2),
  );
  const last = Math.min(down - 1, Math.ceil((y + reach) / cell));
  for (let row = Math.max(0, Math.floor((y - reach) / cell)); row <= last; row++) {
    const height = (weight / (width * width)) * Math.exp(-scale * (row * cell - y) ** 2);
    for (let i = from; i <= to; i++) heights[row * across + i]! += height * columns[i - from]!;
  }
}

/** The height above which this share of all lies. */
function heightInside(heights: Float32Array, share: number): number {
  const sorted = heights.toSorted().reverse();
  const total = sorted.reduce((sum, height) => sum + height, 0);
  let sum = 0;
  for (const height of sorted) {
    sum += height;
    if (sum >= share * total) return height;
  }
  return 0;
}

/** So that every ring closes. */
function clearEdge(heights: Float32Array, across: number, down: number): void {
  for (let i = 0; i < across; i++) heights[i] = heights[(down - 1) * across + i] = 0;
  for (let row = 0; row < down; row++) {
    heights[row * across] = heights[row * across + across - 1] = 0;
  }
}

function range(places: Float64Array, axis: 0 | 1): readonly [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (let at = axis; at < places.length; at += 2) {
    least = Math.min(least, places[at]!);
    most = Math.max(most, places[at]!);
  }
  return [least, most];
}
