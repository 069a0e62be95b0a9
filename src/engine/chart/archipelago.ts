/** @file Where islands lie in the sea: those with much in common near each other, none upon another. */

import { type Matrix, zeros } from "../ground/matrix";
import { classicalScaling } from "./classical-scaling";
import { majorise } from "./majorise";
import { alignTo, orient } from "./orient";

/** Where islands lie, in the order they were given. */
export type Seats = Float64Array;

interface Moored {
  readonly id: string;
  readonly radius: number;
}

/** Water between islands, for their names too. */
export const STRAIT = 34;
/** How much more sea there is than islands, with their straits. */
const SEA = 2.5;
/** A chart is wider than it is high. */
const WIDE = 1.5;
/** By how much it may be drawn out for that. */
const MOST_DRAWN_OUT = 1.5;
const ROUNDS = 300;
const NOTHING_IN_COMMON = 0.999;
const MOST_SWEEPS = 4000;
/** Directions in which a place for a new island is looked for. */
const WINDS = 24;
const MOST_RINGS = 400;

/**
 * @param unlike - Shape [n, n], in [0, 1].
 * @param before - Where islands lay on the chart before, which stay if they can; empty without one.
 * @returns Shape [n, 2]: no two nearer than their radii and a strait.
 */
export function archipelago(
  islands: readonly Moored[],
  unlike: Matrix<Float64Array>,
  before: ReadonlyMap<string, readonly [x: number, y: number]>,
): Seats {
  const known = islands.map(({ id }) => before.get(id) ?? null);
  const count = known.filter(Boolean).length;
  const radii = Float64Array.from(islands, ({ radius }) => radius + STRAIT / 2);
  const wanted = wantedDistances(radii, unlike);
  if (count * 2 > islands.length) {
    const seats = amongThose(radii, wanted, known);
    pushApart(seats, radii);
    return seats;
  }
  const seats = classicalScaling(wanted);
  settle(wanted, unlike, seats);
  orient(
    seats.data,
    islands.map(({ id }) => id),
  );
  alignTo(seats.data, known);
  shape(seats.data, radii);
  pushApart(seats.data, radii);
  return seats.data;
}

/** Rounds of majorisation in which those with nothing in common may lie as far apart as they like. */
function settle(
  wanted: Matrix<Float64Array>,
  unlike: Matrix<Float64Array>,
  seats: Matrix<Float64Array>,
): void {
  const n = wanted.rows;
  const asked = { ...wanted, data: wanted.data.slice() };
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        if (unlike.data[at]! < NOTHING_IN_COMMON) continue;
        const dx = seats.data[i * 2]! - seats.data[j * 2]!;
        const dy = seats.data[i * 2 + 1]! - seats.data[j * 2 + 1]!;
        asked.data[at] = Math.max(wanted.data[at]!, Math.hypot(dx, dy));
      }
    }
    majorise(asked, seats, 1);
  }
}

function wantedDistances(radii: Float64Array, unlike: Matrix<Float64Array>): Matrix<Float64Array> {
  const n = radii.length;
  const reach = Math.sqrt(area(radii));
  const wanted = zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i !== j) wanted.data[i * n + j] = radii[i]! + radii[j]! + reach * unlike.data[i * n + j]!;
    }
  }
  return wanted;
}

function area(radii: Float64Array): number {
  return radii.reduce((sum, radius) => sum + Math.PI * radius * radius, 0);
}

/** Draws out and together, in place, until the islands have the sea they need and not more. */
function shape(seats: Seats, radii: Float64Array): void {
  const [across, down] = [spanOf(seats, radii, 0), spanOf(seats, radii, 1)];
  const asked = Math.sqrt((WIDE * down) / across);
  const wide = Math.min(MOST_DRAWN_OUT, Math.max(1 / MOST_DRAWN_OUT, asked));
  const factor = Math.min(1, Math.sqrt((SEA * area(radii)) / (across * down)));
  for (let at = 0; at < seats.length; at += 2) {
    seats[at]! *= factor * wide;
    seats[at + 1]! *= factor / wide;
  }
}

function spanOf(seats: Seats, radii: Float64Array, axis: 0 | 1): number {
  let [low, high] = [Infinity, -Infinity];
  radii.forEach((radius, i) => {
    low = Math.min(low, seats[i * 2 + axis]! - radius);
    high = Math.max(high, seats[i * 2 + axis]! + radius);
  });
  return high - low;
}

/** Islands that were there where they were, each new one where there is room near what is most like it. */
function amongThose(
  radii: Float64Array,
  wanted: Matrix<Float64Array>,
  known: readonly (readonly [x: number, y: number] | null)[],
): Seats {
  const n = radii.length;
  const seats = new Float64Array(n * 2);
  const there: number[] = [];
  known.forEach((one, i) => {
    if (!one) return;
    seats.set(one, i * 2);
    there.push(i);
  });
  known.forEach((one, i) => {
    if (one) return;
    seats.set(freeSeat(i, seats, radii, wanted, there), i * 2);
    there.push(i);
  });
  return seats;
}

function freeSeat(
  island: number,
  seats: Seats,
  radii: Float64Array,
  { data: wanted, rows: n }: Matrix<Float64Array>,
  there: readonly number[],
): readonly [x: number, y: number] {
  const nearest = there.reduce((best, j) =>
    wanted[island * n + j]! - radii[j]! < wanted[island * n + best]! - radii[best]! ? j : best,
  );
  const isFree = (x: number, y: number) =>
    there.every(
      (j) => Math.hypot(x - seats[j * 2]!, y - seats[j * 2 + 1]!) >= radii[island]! + radii[j]!,
    );
  const stress = (x: number, y: number) =>
    there.reduce((sum, j) => {
      const asked = wanted[island * n + j]!;
      return sum + (Math.hypot(x - seats[j * 2]!, y - seats[j * 2 + 1]!) / asked - 1) ** 2;
    }, 0);
  for (let ring = 0; ring < MOST_RINGS; ring++) {
    const away = (radii[island]! + radii[nearest]!) * (1.001 + ring / 4);
    let best: readonly [number, number] | null = null;
    let least = Infinity;
    for (let wind = 0; wind < WINDS; wind++) {
      const angle = (2 * Math.PI * wind) / WINDS;
      const x = seats[nearest * 2]! + away * Math.cos(angle);
      const y = seats[nearest * 2 + 1]! + away * Math.sin(angle);
      const cost = isFree(x, y) ? stress(x, y) : Infinity;
      if (cost < least) [best, least] = [[x, y], cost];
    }
    if (best) return best;
  }
  return [seats[nearest * 2]! + radii[island]!, seats[nearest * 2 + 1]!];
}

/** Moves islands that lie upon each other apart, in place, each by half of what is missing, until none do. */
function pushApart(seats: Seats, radii: Float64Array): void {
  const n = radii.length;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let isDone = true;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        let dx = seats[i * 2]! - seats[j * 2]!;
        let dy = seats[i * 2 + 1]! - seats[j * 2 + 1]!;
        const apart = Math.hypot(dx, dy);
        const missing = radii[i]! + radii[j]! - apart;
        if (missing <= 1e-6) continue;
        isDone = false;
        if (apart < 1e-9) [dx, dy] = [Math.cos(i), Math.sin(i)];
        else [dx, dy] = [dx / apart, dy / apart];
        const step = missing / 2 + 1e-3;
        seats[i * 2]! += step * dx;
        seats[i * 2 + 1]! += step * dy;
        seats[j * 2]! -= step * dx;
        seats[j * 2 + 1]! -= step * dy;
      }
    }
    if (isDone) return;
  }
}
