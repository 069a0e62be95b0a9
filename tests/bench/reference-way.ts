/** @file The Python package's identification with its defaults: raw data, gamma 0.1, K = 100, greedy mixture. */

import { compatClean, compatReduce } from "../../src/engine/compat/reduction";
import { searchByDistance } from "../../src/engine/compat/searcher";
import type { GaussianSpecification } from "../../src/engine/compat/specification";
import { type Matrix, zeros } from "../../src/engine/matrix";
import { sampleIndices, seededRandom } from "../../src/engine/random";
import { reducedSize } from "../../src/engine/spec/reduce";
import type { Rkme } from "../../src/engine/spec/rkme";

const GAMMA = 0.1;
const MOST_POINTS = 100;
const LLOYD_ROUNDS = 25;

/** Reduce raw rows as the package does: k-means, weights, three of its point updates. */
export function reduceAsReference(raw: Matrix, seed = 0): Rkme {
  const x = compatClean(raw);
  const size = reducedSize(x.rows, x.cols, MOST_POINTS);
  return compatReduce(x, kMeans(x, size, seed), { gamma: GAMMA });
}

/** Its answer for one user: the nearest learnware, and the members of its mixture (the nearest alone without one). */
export function rankAsReference(
  user: Rkme,
  learnwares: readonly { readonly id: string; readonly rkme: Rkme }[],
): { best: string; mixture: string[] } {
  const market = learnwares.map(({ id, rkme }) => ({ id, specifications: [asTable(rkme)] }));
  const { singles, mixture } = searchByDistance(market, asTable(user));
  const best = singles[0]!.id;
  return { best, mixture: mixture?.members.map(({ id }) => id) ?? [best] };
}

function asTable(rkme: Rkme): GaussianSpecification {
  const sampleShape = [rkme.points.cols];
  return { ...rkme, type: "RKMETableSpecification", sampleShape, language: [] };
}

/** Plain Lloyd from rows drawn with replacement; an empty cluster goes to the origin, as in the package. */
function kMeans(x: Matrix, count: number, seed: number): Matrix<Float64Array> {
  const random = seededRandom(seed);
  const d = x.cols;
  let centres = zeros(count, d);
  for (let j = 0; j < count; j++) {
    const [row] = sampleIndices(x.rows, 1, random);
    centres.data.set(x.data.subarray(row! * d, (row! + 1) * d), j * d);
  }
  for (let round = 0; round < LLOYD_ROUNDS; round++) {
    const sums = zeros(count, d);
    const counts = new Int32Array(count);
    for (let i = 0; i < x.rows; i++) {
      const j = nearest(x, i, centres);
      counts[j]!++;
      for (let c = 0; c < d; c++) sums.data[j * d + c]! += x.data[i * d + c]!;
    }
    for (let j = 0; j < count; j++) {
      for (let c = 0; c < d; c++) sums.data[j * d + c]! /= Math.max(1, counts[j]!);
    }
    centres = sums;
  }
  return centres;
}

function nearest(x: Matrix, row: number, centres: Matrix): number {
  const d = x.cols;
  let best = 0;
  let bestDistance = Infinity;
  for (let j = 0; j < centres.rows; j++) {
    let distance = 0;
    for (let c = 0; c < d; c++) {
      const difference = x.data[row * d + c]! - centres.data[j * d + c]!;
      distance += difference * difference;
    }
    if (distance < bestDistance) {
      bestDistance = distance;
      best = j;
    }
  }
  return best;
}
