/** @file Lines of equal height on a grid. */

/** Heights at the corners of square cells, row by row. */
export interface Relief {
  readonly heights: Float32Array;
  readonly across: number;
  readonly down: number;
  /** Where the first corner lies, and how far it is to the next. */
  readonly left: number;
  readonly top: number;
  readonly cell: number;
}

/** Which sides of a cell a line crosses, by which of its corners lie high: top 0, right 1, bottom 2, left 3. */
const CROSSED: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

/**
 * Rings around all that is as high as the level, by marching squares with straight interpolation. What lies at the edge of
 * the grid must be lower.
 *
 * Source: Lorensen, Cline, "Marching cubes", SIGGRAPH 1987; in the plane.
 *
 * @returns Rings of points x, y, x, y, …, each closed by its first point.
 */
export function contours(relief: Relief, level: number): Float32Array<ArrayBuffer>[] {
  const next = new Map<number, number>();
  const { heights, across, down } = relief;
  for (let row = 0; row + 1 < down; row++) {
    for (let column = 0; column + 1 < across; column++) {
      const at = row * across + column;
      const corners =
        (heights[at]! >= level ? 1 : 0) |
        (heights[at + 1]! >= level ? 2 : 0) |
        (heights[at + across + 1]! >= level ? 4 : 0) |
        (heights[at + across]! >= level ? 8 : 0);
      for (const [from, to] of CROSSED[corners]!) {
        next.set(sideOf(at, from, across), sideOf(at, to, across));
      }
    }
  }
  const rings: Float32Array<ArrayBuffer>[] = [];
  for (const start of next.keys()) {
    const ring: number[] = [];
    let side = start;
    for (let to = next.get(side); to !== undefined; to = next.get(side)) {
      next.delete(side);
      ring.push(...crossing(relief, side, level));
      side = to;
    }
    if (ring.length >= 6) rings.push(Float32Array.from(ring));
  }
  return rings;
}

/** A side by the corner that it starts from: even numbers go right from it, odd ones down. */
function sideOf(at: number, side: number, across: number): number {
  if (side === 0) return 2 * at;
  if (side === 1) return 2 * (at + 1) + 1;
  if (side === 2) return 2 * (at + across);
  return 2 * at + 1;
}

function crossing(
  { heights, across, left, top, cell }: Relief,
  side: number,
  level: number,
): [x: number, y: number] {
  const at = side >> 1;
  const isDown = (side & 1) === 1;
  const from = heights[at]!;
  const to = heights[isDown ? at + across : at + 1]!;
  const share = (level - from) / (to - from);
  const x = left + cell * (at % across);
  const y = top + cell * Math.floor(at / across);
  return isDown ? [x, y + share * cell] : [x + share * cell, y];
}
