import type { LoadedRows, Nearest } from "../kernel/compute";
import { type Matrix, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { type Random, sampleIndices } from "../../ground/random";

export interface ClusterOptions {
  /** Most clusters wanted, ≥ 1. */
  readonly count: number;
  /** Rows that every cluster should have; smaller ones move to where half of a large one is. */
  readonly fewest: number;
}

/** Rows looked at for every centre while seeding. */
const SEED_ROWS = 20;
const ROUNDS = 3;
/** Rounds while some clusters are too small. */
const MOST_ROUNDS = 10;

/**
 * Centres of clusters: k-means++ seeding on some of the rows, then a few Lloyd rounds on all.
 *
 * No centre is wasted: one with fewer than `fewest` rows takes over half of the largest cluster.
 * Where there are fewer different rows than `count`, fewer centres come back. Cost is
 * O(count² · d) for the seeding and O(n · count · d) per round.
 *
 * Source: Arthur, Vassilvitskii, "k-means++: The Advantages of Careful Seeding", SODA 2007.
 *
 * @param rows - The rows of `x`, loaded.
 * @param x - Shape [n, d], finite.
 * @returns Shape [k, d], 1 ≤ k ≤ count, in single precision.
 */
export async function* clusterRows(
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  { count, fewest }: ClusterOptions,
  random: Random,
): Steps<Matrix<Float64Array>> {
  const stage = "cluster" as const;
  yield { stage, done: 0, total: ROUNDS + 1 };
  let centres = seedCentres(x, count, random);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const nearest = await rows.nearest(centres);
    const { means, moved } = centre(x, nearest, centres, fewest);
    if (round >= ROUNDS && moved === 0) break;
    centres = means;
    yield { stage, done: Math.min(round + 1, ROUNDS), total: ROUNDS + 1 };
  }
  return centres;
}

/** Mean of each centre's rows; centres of too few rows take over halves of the largest clusters. */
function centre(
  x: Matrix<Float32Array>,
  { index }: Nearest,
  centres: Matrix<Float64Array>,
  fewest: number,
): { readonly means: Matrix<Float64Array>; readonly moved: number } {
  const owner = index.slice();
  const sizes = new Int32Array(centres.rows);
  for (const j of index) sizes[j]!++;
  const small = Array.from(sizes.keys()).filter((j) => sizes[j]! < fewest);
  let moved = 0;
  for (const j of small) {
    const largest = sizes.indexOf(Math.max(...sizes));
    if (sizes[largest]! < 2 * fewest) break;
    for (let i = 0; i < owner.length; i++) if (owner[i] === j) owner[i] = NOBODY;
    const half = farHalf(x, owner, largest, centres);
    for (const i of half) owner[i] = j;
    sizes[j] = half.length;
    sizes[largest]! -= half.length;
    moved++;
  }
  return { means: meansOf(x, owner, centres), moved };
}

/** Owner of rows whose centre has moved away. */
const NOBODY = -1;

/** Half of a cluster: the rows that lie most in the direction of the row farthest from its centre. */
function farHalf(
  { data, cols: d }: Matrix<Float32Array>,
  owner: Int32Array,
  cluster: number,
  centres: Matrix<Float64Array>,
): number[] {
  const members: number[] = [];
  for (let i = 0; i < owner.length; i++) if (owner[i] === cluster) members.push(i);
  const middle = centres.data.subarray(cluster * d, (cluster + 1) * d);
  const offsetAlong = (i: number, direction: Float64Array) => {
    let sum = 0;
    for (let k = 0; k < d; k++) sum += (data[i * d + k]! - middle[k]!) * direction[k]!;
    return sum;
  };
  const offset = (i: number) => middle.map((value, k) => data[i * d + k]! - value);
  let farthest = offset(members[0]!);
  let most = 0;
  for (const i of members) {
    const candidate = offset(i);
    const squared = offsetAlong(i, candidate);
    if (squared > most) [most, farthest] = [squared, candidate];
  }
  const along = new Map(members.map((i) => [i, offsetAlong(i, farthest)]));
  members.sort((a, b) => along.get(b)! - along.get(a)!);
  return members.slice(0, members.length >> 1);
}

/** Mean of the rows of each centre, in single precision; a centre without rows stays. */
function meansOf(
  { data, cols: d }: Matrix<Float32Array>,
  owner: Int32Array,
  centres: Matrix<Float64Array>,
): Matrix<Float64Array> {
  const means = zeros(centres.rows, d);
  const sizes = new Int32Array(centres.rows);
  for (let i = 0; i < owner.length; i++) {
    const j = owner[i]!;
    if (j === NOBODY) continue;
    sizes[j]!++;
    for (let k = 0, p = i * d, q = j * d; k < d; k++, p++, q++) means.data[q]! += data[p]!;
  }
  for (let q = 0; q < means.data.length; q++) {
    const size = sizes[Math.floor(q / d)]!;
    means.data[q] = Math.fround(size > 0 ? means.data[q]! / size : centres.data[q]!);
  }
  return means;
}

/** Rows drawn with probability proportional to their squared distance from those drawn before. */
function seedCentres(
  { data: all, rows: n, cols: d }: Matrix<Float32Array>,
  count: number,
  random: Random,
): Matrix<Float64Array> {
  const chosen = sampleIndices(n, SEED_ROWS * count, random);
  const squared = new Float64Array(chosen.length).fill(Infinity);
  const centres = new Float64Array(Math.min(count, chosen.length) * d);
  let found = 0;
  let next = Math.floor(random() * chosen.length);
  while (next >= 0 && found * d < centres.length) {
    const row = chosen[next]! * d;
    centres.set(all.subarray(row, row + d), found * d);
    for (let s = 0; s < squared.length; s++) {
      let sum = 0;
      for (let k = 0, p = chosen[s]! * d, q = found * d; k < d; k++, p++, q++) {
        const difference = all[p]! - centres[q]!;
        sum += difference * difference;
      }
      if (sum < squared[s]!) squared[s] = sum;
    }
    found++;
    next = draw(squared, random);
  }
  return { data: centres.slice(0, found * d), rows: found, cols: d };
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
