import type { Chart, ChartIsland, Lane, Water } from "../../engine/chart/chart";
import { LEVELS, type Level, type Outlines } from "../../engine/chart/coasts";
import type { Box } from "./viewport";

export interface DrawnIsland extends ChartIsland {
  readonly paths: Readonly<Record<Level, Path2D>>;
  /** By how much the next learnware to be drawn is farther on, so that the first of them lie all over the island. */
  readonly stride: number;
}

interface DrawnLane extends Pick<Lane, "count" | "shared"> {
  readonly from: DrawnIsland;
  readonly to: DrawnIsland;
  readonly path: Path2D;
}

/** A chart, ready to be painted at any size. */
export interface Scene {
  readonly islands: readonly DrawnIsland[];
  readonly byId: ReadonlyMap<string, DrawnIsland>;
  readonly lanes: readonly DrawnLane[];
  readonly waters: readonly Water[];
  readonly box: Box;
  readonly models: number;
}

/** Room around the outermost islands, for depth lines; below them also for names. */
const MARGIN = 26;
const BEND = 0.09;

export function sceneOf(chart: Chart, outlines: readonly Outlines[]): Scene {
  const islands = chart.islands.map((island, i) => ({
    ...island,
    paths: pathsOf(outlines[i]!),
    stride: strideOf(island.ids.length),
  }));
  return {
    islands,
    byId: new Map(islands.map((island) => [island.id, island])),
    lanes: chart.lanes.map(({ from, to, ...shared }) => ({
      ...shared,
      ...laneOf(islands[from]!, islands[to]!),
    })),
    waters: chart.waters,
    box: boxOf(chart),
    models: chart.islands.reduce((sum, { ids }) => sum + ids.length, 0),
  };
}

function pathsOf(outlines: Outlines): Record<Level, Path2D> {
  return Object.fromEntries(
    LEVELS.map((level) => {
      const path = new Path2D();
      for (const ring of outlines[level]) {
        path.moveTo(ring[0]!, ring[1]!);
        for (let at = 2; at < ring.length; at += 2) path.lineTo(ring[at]!, ring[at + 1]!);
        path.closePath();
      }
      return [level, path];
    }),
  ) as Record<Level, Path2D>;
}

/** A bent line from coast to coast. */
function laneOf(from: DrawnIsland, to: DrawnIsland): Pick<DrawnLane, "from" | "to" | "path"> {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = [dx / length, dy / length];
  const [leave, arrive] = [0.95 * from.radius, 0.95 * to.radius];
  const path = new Path2D();
  path.moveTo(from.x + ux * leave, from.y + uy * leave);
  path.quadraticCurveTo(
    (from.x + to.x) / 2 - dy * BEND,
    (from.y + to.y) / 2 + dx * BEND,
    to.x - ux * arrive,
    to.y - uy * arrive,
  );
  return { from, to, path };
}

function boxOf({ islands, waters }: Chart): Box {
  if (islands.length === 0) return { left: -200, top: -150, right: 200, bottom: 150 };
  const lie = [
    ...islands.map(({ x, y, radius }) => ({ x, y, reach: radius })),
    ...waters.map(({ x, y }) => ({ x, y, reach: 0 })),
  ];
  return {
    left: Math.min(...lie.map(({ x, reach }) => x - reach)) - MARGIN,
    top: Math.min(...lie.map(({ y, reach }) => y - reach)) - MARGIN,
    right: Math.max(...lie.map(({ x, reach }) => x + reach)) + MARGIN,
    bottom: Math.max(...lie.map(({ y, reach }) => y + reach)) + 2 * MARGIN,
  };
}

/** Near the golden section of the count, and without a common divisor with it. */
function strideOf(count: number): number {
  let stride = Math.max(1, Math.round(0.618 * count));
  while (divisor(stride, count) > 1) stride++;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
