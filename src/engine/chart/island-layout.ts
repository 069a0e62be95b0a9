/** @file Where the learnwares of an island lie: those like each other near each other. */

import { type Matrix, zeros } from "../ground/matrix";
import { fnv1a } from "../specification/kernel/random-features";
import { classicalScaling } from "./classical-scaling";
import { majorise, placeAmong } from "./majorise";
import { alignTo, orient } from "./orient";

/** A learnware, and the sketch whose distances it is placed by. */
export interface Sketched {
  readonly id: string;
  /** As long as every other of the island. */
  readonly sketch: ArrayLike<number>;
}

/** So many are placed by all distances between them. */
const MOST_LANDMARKS = 256;
/** Every other is placed by its distances to so many of those. */
const MOST_ANCHORS = 96;
const ROUNDS = 150;
/** Of a chart that was drawn before: what changed little is to move little. */
const ROUNDS_AGAIN = 40;

/**
 * Keeps, of the learnwares of an island in any order, those that all others are placed by: the ones whose ids hash lowest,
 * so that one more learnware seldom changes them.
 */
export class Landmarks {
  #kept: (Sketched & { readonly rank: number })[] = [];
  /** Of those that are kept, once there are enough. */
  #highest = Infinity;

  offer({ id, sketch }: Sketched): void {
    const rank = fnv1a(`landmark ${id}`);
    if (rank > this.#highest) return;
    this.#kept.push({ id, sketch: Float32Array.from(sketch), rank });
    if (this.#kept.length >= 2 * MOST_LANDMARKS) this.#prune();
  }

  /**
   * Lays them out.
   *
   * @param before - Where learnwares lay on the chart before, in units of distance between them; empty without one.
   */
  settle(before: ReadonlyMap<string, readonly [x: number, y: number]>): SettledLandmarks {
    this.#prune();
    return new SettledLandmarks(this.#kept, before);
  }

  #prune(): void {
    this.#kept.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
    if (this.#kept.length < MOST_LANDMARKS) return;
    this.#kept.length = MOST_LANDMARKS;
    this.#highest = this.#kept[MOST_LANDMARKS - 1]!.rank;
  }
}

/**
 * Landmarks at their places. Units are those of distances (MMD) between sketches.
 *
 * Source of the two steps: de Silva, Tenenbaum, "Sparse multidimensional scaling using landmark points", 2004; with stress
 * majorisation in place of the linear projection.
 */
export class SettledLandmarks {
  readonly #anchors: readonly Sketched[];
  readonly #distances: Float64Array;
  readonly #index: ReadonlyMap<string, number>;
  readonly #places: Matrix<Float64Array>;

  constructor(
    landmarks: readonly Sketched[],
    before: ReadonlyMap<string, readonly [x: number, y: number]>,
  ) {
    this.#anchors = landmarks.slice(0, MOST_ANCHORS);
    this.#distances = new Float64Array(this.#anchors.length);
    this.#index = new Map(landmarks.map(({ id }, i) => [id, i]));
    this.#places = layOut(landmarks, before);
  }

  /** Of a landmark its own place, of any other learnware the best among them. */
  placeOf({ id, sketch }: Sketched): readonly [x: number, y: number] {
    const { data } = this.#places;
    const own = this.#index.get(id);
    if (own !== undefined) return [data[own * 2]!, data[own * 2 + 1]!];
    this.#anchors.forEach((anchor, i) => {
      this.#distances[i] = distanceBetween(anchor.sketch, sketch);
    });
    return placeAmong(this.#distances, data.subarray(0, 2 * this.#anchors.length));
  }
}

function layOut(
  landmarks: readonly Sketched[],
  before: ReadonlyMap<string, readonly [x: number, y: number]>,
): Matrix<Float64Array> {
  const n = landmarks.length;
  const ids = landmarks.map(({ id }) => id);
  const known = ids.map((id) => before.get(id) ?? null);
  if (n < 2) return zeros(n, 2);
  const distances = zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const distance = distanceBetween(landmarks[i]!.sketch, landmarks[j]!.sketch);
      distances.data[i * n + j] = distance;
      distances.data[j * n + i] = distance;
    }
  }
  const isMostlyKnown = known.filter(Boolean).length > n / 2;
  const places = isMostlyKnown ? goOnFrom(distances, known) : classicalScaling(distances);
  majorise(distances, places, isMostlyKnown ? ROUNDS_AGAIN : ROUNDS);
  orient(places.data, ids);
  alignTo(places.data, known);
  return places;
}

/** Those that were there before where they were, and the others among them. */
function goOnFrom(
  { data: distances, rows: n }: Matrix<Float64Array>,
  known: readonly (readonly [x: number, y: number] | null)[],
): Matrix<Float64Array> {
  const there = known.flatMap((one, i) => (one ? [i] : []));
  const anchors = Float64Array.from(there.flatMap((i) => known[i] ?? []));
  const places = zeros(n, 2);
  known.forEach((one, i) => {
    const place =
      one ??
      placeAmong(
        there.map((j) => distances[i * n + j]!),
        anchors,
      );
    places.data.set(place, i * 2);
  });
  return places;
}

/** ‖a − b‖, which approximates MMD. */
export function distanceBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) {
    const difference = a[k]! - b[k]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
