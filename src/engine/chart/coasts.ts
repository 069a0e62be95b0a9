import { seededRandom } from "../ground/random";
import { fnv1a } from "../specification/kernel/random-features";
import type { ChartIsland } from "./chart";
import { contours, type Relief } from "./contours";

/** Outlines of an island, from the deepest water to the highest land. */
export const LEVELS = ["far", "deep", "shallow", "coast", "hill", "peak"] as const;
export type Level = (typeof LEVELS)[number];

/** Rings of points x, y, x, y, … in units of the chart; each is closed by its first point. */
export type Outlines = Readonly<Record<Level, readonly Float32Array<ArrayBuffer>[]>>;

/** What lies as high as this, in learnwares that lie on top of each other, is land. */
const COAST = 0.5;
/** Where depth lines lie, in widths of the kernel beyond a coast around one learnware. */
const DEPTHS = { shallow: 0.42, deep: 0.95, far: 1.6 } as const;
const HILL = 0.45;
const PEAK = 0.8;
/** Beyond so many, heights are blurred on the grid instead of summed learnware by learnware. */
const MOST_SUMMED = 64;
/** How far from round a coast is. */
const ROUGHNESS = 0.2;
const WAVES = 5;

/**
 * The outlines of an island: land where learnwares lie densely, depth lines around it. Every learnware stands on land.
 * Heights are sums of Gaussians; coasts are made uneven by the island's id, always in the same way.
 */
export function outlinesOf(island: ChartIsland): Outlines {
  const width = kernelWidth(island);
  const relief = reliefOf(island, width);
  const own = heightsAtHome(island, relief);
  const [hill, peak] = [quantile(own, HILL), quantile(own, PEAK)];
  const ring = (level: number) => contours(relief, level);
  // Around one learnware the height is exp(−r² / 2w²), so a depth line at r is its level there.
  const home = Math.sqrt(-2 * Math.log(COAST));
  const depth = (beyond: number) => Math.exp(-((home + beyond) ** 2) / 2);
  return {
    far: ring(depth(DEPTHS.far)),
    deep: ring(depth(DEPTHS.deep)),
    shallow: ring(depth(DEPTHS.shallow)),
    coast: ring(COAST),
    hill: ring(Math.max(1.3 * COAST, 0.86 * hill)),
    peak: ring(Math.max(1.7 * COAST, 0.93 * peak)),
  };
}

/** Of the Gaussian that each learnware raises the land by. */
function kernelWidth({ radius, ids }: ChartIsland): number {
  return radius * Math.max(0.04, 0.44 / Math.max(1, ids.length) ** 0.36);
}

function reliefOf(island: ChartIsland, width: number): Relief {
  const { radius, ids, x, y } = island;
  const across = ids.length > MOST_SUMMED ? 168 : 84;
  const reach = 0.9 * radius + 3.6 * width;
  const cell = (2 * reach) / (across - 1);
  const [left, top] = [x - reach, y - reach];
  const grid = { across, down: across, left, top, cell };
  const heights =
    ids.length > MOST_SUMMED ? blurred(island, width, grid) : summed(island, width, grid);
  roughen(heights, island, grid);
  return { ...grid, heights };
}

type Grid = Omit<Relief, "heights">;

function summed({ places, x, y }: ChartIsland, width: number, grid: Grid): Float32Array {
  const { across, down, left, top, cell } = grid;
  const heights = new Float32Array(across * down);
  const scale = 1 / (2 * width * width);
  for (let k = 0; k < places.length; k += 2) {
    const [px, py] = [x + places[k]! - left, y + places[k + 1]! - top];
    const column = Float64Array.from({ length: across }, (_, i) =>
      Math.exp(-scale * (i * cell - px) ** 2),
    );
    for (let row = 0; row < down; row++) {
      const down = Math.exp(-scale * (row * cell - py) ** 2);
      for (let i = 0; i < across; i++) heights[row * across + i]! += down * column[i]!;
    }
  }
  return heights;
}

function blurred({ places, x, y }: ChartIsland, width: number, grid: Grid): Float32Array {
  const { across, down, left, top, cell } = grid;
  const counts = new Float32Array(across * down);
  for (let k = 0; k < places.length; k += 2) {
    const [px, py] = [(x + places[k]! - left) / cell, (y + places[k + 1]! - top) / cell];
    const [i, j] = [Math.floor(px), Math.floor(py)];
    const [right, below] = [px - i, py - j];
    const at = j * across + i;
    counts[at]! += (1 - right) * (1 - below);
    counts[at + 1]! += right * (1 - below);
    counts[at + across]! += (1 - right) * below;
    counts[at + across + 1]! += right * below;
  }
  const reach = Math.ceil((4 * width) / cell);
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-(((i - reach) * cell) ** 2) / (2 * width * width)),
  );
  return convolved(convolved(counts, taps, across, down), taps, across, down);
}

/** Along the rows; answered with rows and columns exchanged, so that a second time goes along the columns. */
function convolved(
  values: Float32Array,
  taps: Float64Array,
  across: number,
  down: number,
): Float32Array {
  const result = new Float32Array(values.length);
  const reach = (taps.length - 1) / 2;
  for (let row = 0; row < down; row++) {
    for (let i = 0; i < across; i++) {
      const value = values[row * across + i]!;
      if (value === 0) continue;
      const to = Math.min(across - 1, i + reach);
      for (let k = Math.max(0, i - reach); k <= to; k++) {
        result[k * down + row]! += value * taps[k - i + reach]!;
      }
    }
  }
  return result;
}

/** Multiplies heights below those of a learnware alone by waves around one, in place. */
function roughen(heights: Float32Array, { id, radius, x, y }: ChartIsland, grid: Grid): void {
  const { across, down, left, top, cell } = grid;
  const random = seededRandom(fnv1a(id));
  const waves = Array.from({ length: WAVES }, (_, k) => {
    const angle = 2 * Math.PI * random();
    const length = ((k + 2) * 1.1) / radius;
    return {
      u: Math.cos(angle) * length,
      v: Math.sin(angle) * length,
      phase: 2 * Math.PI * random(),
    };
  });
  for (let row = 0; row < down; row++) {
    for (let i = 0; i < across; i++) {
      const at = row * across + i;
      const height = heights[at]!;
      if (height === 0) continue;
      const [dx, dy] = [left + i * cell - x, top + row * cell - y];
      let sum = 0;
      for (const { u, v, phase } of waves) sum += Math.sin(u * dx + v * dy + phase);
      // Where a learnware stands the height is one or more, and land stays land.
      const share = Math.max(0, 1 - 0.6 * height);
      heights[at] = height * (1 + (ROUGHNESS * share * sum * 2) / Math.sqrt(WAVES));
    }
  }
  clearEdge(heights, across, down);
}

/** So that every ring closes. */
function clearEdge(heights: Float32Array, across: number, down: number): void {
  for (let i = 0; i < across; i++) {
    heights[i] = 0;
    heights[(down - 1) * across + i] = 0;
  }
  for (let row = 0; row < down; row++) {
    heights[row * across] = 0;
    heights[row * across + across - 1] = 0;
  }
}

function heightsAtHome({ places, x, y }: ChartIsland, relief: Relief): Float64Array {
  const { heights, across, left, top, cell } = relief;
  return Float64Array.from({ length: places.length / 2 }, (_, k) => {
    const i = Math.round((x + places[k * 2]! - left) / cell);
    const j = Math.round((y + places[k * 2 + 1]! - top) / cell);
    return heights[j * across + i]!;
  });
}

function quantile(values: Float64Array, share: number): number {
  if (values.length === 0) return 0;
  return values.toSorted()[Math.floor(share * (values.length - 1))]!;
}
