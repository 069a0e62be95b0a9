/**
 * @file The Python package's way with its defaults: raw data, gamma 0.1, K = 100, greedy mixture,
 * and its job selector.
 */

import { sampleByHerding } from "../../src/reference/herding";
import { compatClean, compatReduce, compatUnreduced } from "../../src/reference/reduction";
import { searchByDistance } from "../../src/reference/searcher";
import type { GaussianSpecification } from "../../src/reference/specification";
import { finish } from "../../src/engine/ground/finish";
import { innerProduct } from "../../src/engine/specification/kernel/mmd";
import {
  fitGradientBoosting,
  predictGradientBoosting,
} from "../../src/engine/learner/trees/gradient-boosting";
import { predictLinear } from "../../src/engine/learner/linear/linear-model";
import { fitLogistic } from "../../src/engine/learner/linear/logistic";
import { ridgeByLeaveOneOut } from "../../src/engine/learner/linear/ridge";
import type { Target } from "../../src/engine/learner/target";
import { type Matrix, zeros } from "../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../src/engine/ground/random";
import { largestColumns } from "../../src/engine/reuse/outputs/average";
import { fillWithMeans } from "../../src/engine/reuse/outputs/fill-means";
import { reducedSize } from "../../src/engine/specification/reduce/reduce";
import type { Specification } from "../../src/engine/specification/specification";
import { solveSimplexQp } from "../../src/engine/specification/reduce/simplex-qp";

const GAMMA = 0.1;
const MOST_POINTS = 100;
const LLOYD_ROUNDS = 25;
/** Samples drawn by its job selector in its own experiments; its default of 1000 takes minutes a user. */
const HERDED = 100;
const FEWEST_HERDED = 5;
const PENALTIES = [0.01, 0.1, 1, 10, 100];

/** Reduce raw rows as the package does: k-means, weights, three of its point updates. */
export function reduceAsReference(raw: Matrix, seed = 0): Specification {
  const x = compatClean(raw);
  const size = reducedSize(x.rows, x.cols, MOST_POINTS);
  return compatReduce(x, kMeans(x, size, seed), { gamma: GAMMA });
}

/** Its answer for one user: the nearest learnware, and the members of its mixture (the nearest alone without one). */
export function rankAsReference(
  user: Specification,
  learnwares: readonly { readonly id: string; readonly rkme: Specification }[],
): { best: string; mixture: string[] } {
  const market = learnwares.map(({ id, rkme }) => ({ id, specifications: [asTable(rkme)] }));
  const { singles, mixture } = searchByDistance(market, asTable(user));
  const best = singles[0]!.id;
  return { best, mixture: mixture?.members.map(({ id }) => id) ?? [best] };
}

/**
 * Its job selector: samples of each learnware by herding, as many as its share in the mixture nearest
 * to the user's rows, and a boosted classifier that tells for a row whose sample it looks like. Ours
 * stands for LightGBM, at a tenfold rate with a tenth of the rounds.
 *
 * @returns Shape [n]: which of the learnwares predicts each row.
 */
export async function selectAsReference(
  raw: Matrix,
  rkmes: readonly Specification[],
): Promise<Float64Array> {
  if (rkmes.length === 1) return new Float64Array(raw.rows);
  const x = compatClean(raw);
  const user = compatUnreduced(x, GAMMA);
  const gram = zeros(rkmes.length, rkmes.length);
  rkmes.forEach((a, i) =>
    rkmes.forEach((b, j) => (gram.data[i * rkmes.length + j] = innerProduct(a, b))),
  );
  const products = Float64Array.from(rkmes, (rkme) => innerProduct(user, rkme));
  const { weights } = solveSimplexQp(gram, products);
  const random = seededRandom(1);
  const samples = rkmes.map((rkme, m) =>
    sampleByHerding(rkme, Math.max(FEWEST_HERDED, Math.floor(HERDED * weights[m]!)), random),
  );
  const drawn = samples.flatMap(({ data }) => [...data]);
  const codes = Int32Array.from(samples.flatMap(({ rows }, m) => new Array<number>(rows).fill(m)));
  const classifier = await finish(
    fitGradientBoosting(
      { data: Float32Array.from(drawn), rows: codes.length, cols: x.cols },
      { task: "classification", codes, classes: rkmes.length },
      { rate: 0.1, maxLeaves: 31, maxDepth: 64, patience: 30, validationShare: 0.2 },
    ),
  );
  return largestColumns(predictGradientBoosting(classifier, x));
}

/**
 * Its augmentation of rows by a learnware's outputs: ridge regression on raw columns, one of five penalties chosen
 * by leave-one-out; or logistic regression, here on standardised columns with C = 1, where the package
 * leaves them raw and chooses C by accuracy.
 *
 * @param known - Shape [n, d]: columns and outputs, of which `target` is known.
 * @returns Predictions for `asked`.
 */
export async function augmentAsReference(
  known: Matrix<Float32Array>,
  target: Target,
  asked: Matrix<Float32Array>,
): Promise<Matrix<Float64Array>> {
  if (target.task === "classification") {
    return predictLinear(await finish(fitLogistic(known, target)), asked);
  }
  const fitted = ridgeByLeaveOneOut(fillWithMeans(known), target.values, PENALTIES);
  const { weights, intercept } = await finish(fitted);
  const x = fillWithMeans(asked);
  const data = Float64Array.from({ length: x.rows }, (_, i) =>
    weights.reduce((sum, weight, j) => sum + weight * x.data[i * x.cols + j]!, intercept),
  );
  return { data, rows: x.rows, cols: 1 };
}

function asTable(rkme: Specification): GaussianSpecification {
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
