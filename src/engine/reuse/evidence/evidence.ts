import { EngineError } from "../../ground/errors";
import { type Matrix, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import type { CandidateSpec } from "../../specification/candidate-spec";
import { gaussianGamma, sameKernel } from "../../specification/kernel/kernel";
import { sharePoints, type SharedPoints } from "./shared-points";

/** How much each of n rows looks like the training data of each of m learnwares. */
export interface Evidence {
  /** Shape [n, m], in [0, 1], to be compared within a row only: the most is 1, or all are 0. */
  readonly values: Matrix<Float64Array>;
  /** Shape [n]: 1 where the row lies beyond every learnware's radius. */
  readonly far: Uint8Array;
}

/** Kernel means smooth: as densities they tell learnwares apart too little. Measured: 2 to 4 do about as well. */
export const SHARPNESS = 3;
/** Squared differences between two looks at whether to go on: some tens of milliseconds. */
const WORK_PER_STEP = 2e7;

/**
 * Evidence of rows: (eₘ(x) / ēₘ)³ over the row's largest, with eₘ(x) = Σⱼ βₘⱼ k(x, zₘⱼ) a learnware's kernel mean and
 * ēₘ what it usually is; and which rows are far from every learnware.
 *
 * How near a learnware is to all the rows is for its share to say; evidence only says in which of them it is nearer than
 * usual. Cost is O(n · p · d) for p different points.
 *
 * Source: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023 (the job
 * selector, which there is a classifier on samples drawn from the embeddings).
 *
 * @param x - Shape [n, d], on the scale of the island.
 * @param specs - m of them, all of one kernel.
 * @param usual - Shape [m]: `usualMeans` of rows that stand for all; a learnware with 0 has no evidence.
 * @throws EngineError `shape_mismatch` if a specification has other than d columns.
 * @throws EngineError `bad_parameter` if the kernels differ.
 */
export async function* measureEvidence(
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
  usual: Float64Array,
): Steps<Evidence> {
  const { means, far } = yield* kernelMeans(x, specs);
  for (let from = 0; from < means.data.length; from += means.cols) {
    const row = means.data.subarray(from, from + means.cols);
    row.forEach((mean, m) => (row[m] = usual[m]! > 0 ? mean / usual[m]! : 0));
    const most = Math.max(...row);
    if (most > 0) row.forEach((ratio, m) => (row[m] = (ratio / most) ** SHARPNESS));
  }
  return { values: means, far };
}

/**
 * Each learnware's kernel mean, averaged over rows.
 *
 * @returns Shape [m], ≥ 0.
 * @throws EngineError as `measureEvidence`.
 */
export async function* usualMeans(
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Steps<Float64Array> {
  const { means } = yield* kernelMeans(x, specs);
  const usual = new Float64Array(specs.length);
  means.data.forEach((mean, at) => (usual[at % specs.length]! += mean / x.rows));
  return usual;
}

async function* kernelMeans(
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Steps<{ readonly means: Matrix<Float64Array>; readonly far: Uint8Array }> {
  checkSpecs(x, specs);
  const shared = sharePoints(specs);
  const radii = specs.map(({ radiusSquared }) => radiusSquared);
  const gamma = gaussianGamma(specs[0]!.rkme.kernel);
  const means = zeros(x.rows, specs.length);
  const far = new Uint8Array(x.rows).fill(1);
  const squared = new Float64Array(shared.points.rows);
  const kernel = new Float64Array(shared.points.rows);
  const step = Math.ceil(WORK_PER_STEP / (1 + shared.points.data.length));
  for (let i = 0; i < x.rows; i++) {
    if (i % step === 0) yield { stage: "match", done: i, total: x.rows };
    writeDistances(shared, x, i, squared);
    for (let j = 0; j < kernel.length; j++) kernel[j] = Math.exp(-gamma * squared[j]!);
    shared.members.forEach(({ at, weights }, m) => {
      let sum = 0;
      let nearest = Infinity;
      for (let j = 0; j < at.length; j++) {
        sum += weights[j]! * kernel[at[j]!]!;
        nearest = Math.min(nearest, squared[at[j]!]!);
      }
      // Weights of reduced sets from elsewhere may be negative.
      means.data[i * means.cols + m] = Math.max(0, sum);
      if (nearest <= radii[m]!) far[i] = 0;
    });
  }
  return { means, far };
}

/** From a row to every point. */
function writeDistances(
  { points: { data: z, cols } }: SharedPoints,
  { data: x }: Matrix<Float32Array>,
  row: number,
  squared: Float64Array,
): void {
  const from = row * cols;
  for (let j = 0, at = 0; j < squared.length; j++) {
    let sum = 0;
    for (let k = 0; k < cols; k++, at++) {
      const difference = x[from + k]! - z[at]!;
      sum += difference * difference;
    }
    squared[j] = sum;
  }
}

/**
 * That specifications can be compared with rows, and with each other.
 *
 * @throws EngineError `shape_mismatch` or `bad_parameter`, as `measureEvidence` says.
 */
export function checkSpecs(x: Matrix, specs: readonly CandidateSpec[]): void {
  const kernel = specs[0]?.rkme.kernel;
  for (const { id, rkme } of specs) {
    if (rkme.points.cols !== x.cols) {
      throw new EngineError(
        "shape_mismatch",
        `learnware ${id} is described in ${rkme.points.cols} columns, the rows have ${x.cols}`,
      );
    }
    if (kernel !== undefined && !sameKernel(rkme.kernel, kernel)) {
      throw new EngineError("bad_parameter", `learnware ${id} is described under another kernel`);
    }
  }
}
