import type { Compute, LoadedRows } from "../../specification/kernel/compute";
import { innerProduct } from "../../specification/kernel/mmd";
import { type Matrix, pickRows, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { sampleIndices, seededRandom } from "../../ground/random";
import type { Specification } from "../../specification/specification";
import { solveSimplexQp } from "../../specification/reduce/simplex-qp";
import { disagreement } from "./disagreement";
import { checkSpecs, type Evidence } from "./evidence";
import { rankScale } from "./rank-scale";
import { rowWeights } from "./row-weights";
import { gaussianKernel } from "../../specification/kernel/kernel";
import type { CandidateSpec } from "../../specification/candidate-spec";

/** Widths of the kernels that are added up, in median squared distances between rows. */
const WIDTHS = [0.25, 1, 4];
/** Of the mean squared norm: keeps the mixture of learnwares that are all alike an even one. */
const LEAST_RIDGE = 1e-4;
/** Rows that are compared; more tell no more. */
const MOST_ROWS = 500;
/** Rows whose mean kernel value stands for the rows' own term. */
const SELF_ROWS = 200;
/** Rows that distances are measured between. */
const MEDIAN_ROWS = 100;

/**
 * How much each learnware is to count for some rows: the mixture of all of them that is nearest to the rows, spread the
 * wider the less any mixture fits, and over those the more that agree, min ‖u − Σ wₘ vₘ‖² + r Σ δₘ wₘ² over w ≥ 0,
 * Σ w = 1, where r is the first term's least.
 *
 * r is what no mixture explains of the rows. Each learnware may be off by as much in its own way, and averaging more of
 * them evens that out; where one of them was made from such rows, r is next to nothing and it counts alone. How much
 * more or less than that a learnware is off, δₘ, its answers tell: `disagreement` with the others', which count by the
 * shares that r alone gives. Where models agree shares are even; one that no other supports has next to none.
 *
 * Embeddings are those of a sum of three Gaussian kernels, as wide as the rows lie apart, on `rankScale`. At most 500 of
 * the rows are looked at. Cost is O(n · Σ points · d) and O((Σ points)² · d).
 *
 * Sources: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023, eq. 9 (the
 * mixture); Gretton et al., "Optimal Kernel Choice for Large-Scale Two-Sample Tests", NIPS 2012 (sums of kernels).
 *
 * @param x - Shape [n, d], on the island's scale.
 * @param specs - m of them.
 * @param answers - Per learnware: shape [n, c], finite; what it says of these rows.
 * @param evidence - Of these rows.
 * @returns Shape [m], ≥ 0, sum 1; yields `match`.
 * @throws EngineError as `measureEvidence`.
 */
export async function* measureShares(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
  answers: readonly Matrix[],
  evidence: Evidence,
): Steps<Float64Array> {
  checkSpecs(x, specs);
  const { embeddings, bring } = rankScale(specs);
  const own = bring(pickRows(x, sampleIndices(x.rows, MOST_ROWS, seededRandom(1)).sort()));
  const apart = medianDistance(own);
  const gram = zeros(specs.length, specs.length);
  const target = new Float64Array(specs.length);
  let self = 0;
  const rows = await compute.load(own);
  try {
    for (const width of WIDTHS) self += await selfProduct(rows, own, 1 / (width * apart));
    for (const [m, one] of embeddings.entries()) {
      yield { stage: "match", done: m, total: specs.length };
      for (const width of WIDTHS) {
        const gamma = 1 / (width * apart);
        target[m]! += await productWith(rows, one, gamma);
        for (let l = 0; l <= m; l++) {
          const product = innerProduct({ ...one, kernel: gaussianKernel(gamma) }, embeddings[l]!);
          gram.data[m * specs.length + l]! += product;
          if (l < m) gram.data[l * specs.length + m]! += product;
        }
      }
    }
  } finally {
    rows.dispose();
  }
  const least = LEAST_RIDGE * meanDiagonal(gram);
  for (let m = 0; m < specs.length; m++) gram.data[m * specs.length + m]! += least;
  const { objective } = solveSimplexQp(gram, target);
  const unexplained = Math.max(0, self + 2 * objective);
  const alike = solveSimplexQp(
    spread(gram, () => unexplained),
    target,
  ).weights;
  const off = disagreement(answers, rowWeights(evidence, alike).weights, alike);
  return solveSimplexQp(
    spread(gram, (m) => unexplained * off[m]!),
    target,
  ).weights;
}

/** ⟨u, u⟩ over pairs of different rows: a row with itself would say that rows lie closer than they do. */
async function selfProduct(
  rows: LoadedRows,
  x: Matrix<Float32Array>,
  gamma: number,
): Promise<number> {
  const sample = sampleIndices(x.rows, SELF_ROWS, seededRandom(2));
  const means = await rows.kernelMeans(pickRows(x, sample), gamma);
  const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
  return x.rows > 1 ? (mean * x.rows - 1) / (x.rows - 1) : mean;
}

function meanDiagonal({ data, rows, cols }: Matrix<Float64Array>): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += cols + 1) sum += data[at]!;
  return sum / rows;
}

/** With so much more on the diagonal. */
function spread(
  { data, rows, cols }: Matrix<Float64Array>,
  ridgeOf: (m: number) => number,
): Matrix<Float64Array> {
  const raised = { data: data.slice(), rows, cols };
  for (let m = 0; m < rows; m++) raised.data[m * cols + m]! += ridgeOf(m);
  return raised;
}

async function productWith(
  rows: LoadedRows,
  { points, weights }: Specification,
  gamma: number,
): Promise<number> {
  const means = await rows.kernelMeans(points, gamma);
  return means.reduce((sum, mean, j) => sum + mean * weights[j]!, 0);
}

/** Between a sample of the rows; 1 where they are all the same. */
function medianDistance(x: Matrix<Float32Array>): number {
  const { data, rows, cols } = pickRows(x, sampleIndices(x.rows, MEDIAN_ROWS, seededRandom(1)));
  const squared: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < cols; k++) sum += (data[i * cols + k]! - data[j * cols + k]!) ** 2;
      squared.push(sum);
    }
  }
  squared.sort((a, b) => a - b);
  const median = squared[squared.length >> 1] ?? 0;
  return median > 0 ? median : 1;
}
