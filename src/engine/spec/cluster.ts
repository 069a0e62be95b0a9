import { squaredDistance } from "../kernel/gaussian";
import { type Matrix, zeros } from "../matrix";
import type { Steps } from "../progress";
import { type Random, sampleIndices } from "../random";

export interface ClusterOptions {
  /** Most clusters wanted, ≥ 1. */
  readonly count: number;
  /** Most rows looked at. */
  readonly sample: number;
  /** Lloyd rounds after the seeding. */
  readonly rounds: number;
}

/**
 * Centres of clusters: k-means++ seeding on a sample of the rows, then a few Lloyd rounds.
 *
 * No centre is wasted: one that loses all its rows moves to the row farthest from its own
 * centre, and where there are fewer different rows than `count`, fewer centres come back.
 * Cost is O(sample · count · d) per round.
 *
 * Source: Arthur, Vassilvitskii, "k-means++: The Advantages of Careful Seeding", SODA 2007.
 *
 * @param x - Shape [n, d], finite.
 * @returns Shape [k, d], 1 ≤ k ≤ count.
 */
export async function* clusterRows(
  x: Matrix<Float32Array>,
  { count, sample, rounds }: ClusterOptions,
  random: Random,
): Steps<Matrix<Float64Array>> {
  const chosen = sampleIndices(x.rows, sample, random);
  const stage = "cluster" as const;
  yield { stage, done: 0, total: rounds + 1 };
  const assignment = new Assignment(x, chosen);
  let centres = seedCentres(assignment, count, random);
  for (let round = 0; round < rounds; round++) {
    yield { stage, done: round + 1, total: rounds + 1 };
    centres = assignment.means(centres);
    if (round + 1 < rounds) assignment.assign(centres);
  }
  return centres;
}

/** Which centre each sampled row belongs to, and how far it is. */
class Assignment {
  readonly x: Matrix<Float32Array>;
  readonly chosen: Int32Array;
  readonly owner: Int32Array;
  readonly squared: Float64Array;

  constructor(x: Matrix<Float32Array>, chosen: Int32Array) {
    this.x = x;
    this.chosen = chosen;
    this.owner = new Int32Array(chosen.length);
    this.squared = new Float64Array(chosen.length).fill(Infinity);
  }

  /** Let every row that is nearer to centre j than to its own move there. */
  offer(centres: Matrix, j: number): void {
    for (let s = 0; s < this.chosen.length; s++) {
      const distance = squaredDistance(this.x, this.chosen[s]!, centres, j);
      if (distance < this.squared[s]!) {
        this.squared[s] = distance;
        this.owner[s] = j;
      }
    }
  }

  assign(centres: Matrix): void {
    this.squared.fill(Infinity);
    for (let j = 0; j < centres.rows; j++) this.offer(centres, j);
  }

  /** Mean of each centre's rows; an empty one takes the row worst served. */
  means(centres: Matrix<Float64Array>): Matrix<Float64Array> {
    const d = this.x.cols;
    const means = zeros(centres.rows, d);
    const sizes = new Int32Array(centres.rows);
    for (let s = 0; s < this.chosen.length; s++) {
      const from = this.chosen[s]! * d;
      const to = this.owner[s]! * d;
      sizes[this.owner[s]!]!++;
      for (let k = 0; k < d; k++) means.data[to + k]! += this.x.data[from + k]!;
    }
    for (let j = 0; j < centres.rows; j++) {
      if (sizes[j] === 0) means.data.set(this.#takeFarthest(), j * d);
      else for (let k = 0; k < d; k++) means.data[j * d + k]! /= sizes[j]!;
    }
    return means;
  }

  #takeFarthest(): Float32Array {
    let farthest = 0;
    for (let s = 1; s < this.squared.length; s++) {
      if (this.squared[s]! > this.squared[farthest]!) farthest = s;
    }
    this.squared[farthest] = 0;
    const from = this.chosen[farthest]! * this.x.cols;
    return this.x.data.subarray(from, from + this.x.cols);
  }
}

/** Rows drawn with probability proportional to their squared distance from those drawn before. */
function seedCentres(assignment: Assignment, count: number, random: Random): Matrix<Float64Array> {
  const { x, chosen, squared } = assignment;
  const d = x.cols;
  const all = zeros(Math.min(count, chosen.length), d);
  let rows = 0;
  let next = Math.floor(random() * chosen.length);
  while (rows < all.rows) {
    const from = chosen[next]! * d;
    all.data.set(x.data.subarray(from, from + d), rows * d);
    assignment.offer(all, rows);
    rows++;
    next = draw(squared, random);
    if (next < 0) break;
  }
  return { data: all.data.slice(0, rows * d), rows, cols: d };
}

/** An index drawn by weight; −1 if all weights are 0. */
function draw(weights: Float64Array, random: Random): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = random() * total;
  let last = -1;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) break;
  }
  return last;
}
