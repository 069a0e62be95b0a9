import { type Matrix, pickRows, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { sampleIndices, seededRandom } from "../../ground/random";
import type { CandidateSpec } from "../../specification/candidate-spec";
import type { Compute } from "../../specification/kernel/compute";
import { gaussianGamma } from "../../specification/kernel/kernel";
import { innerProduct } from "../../specification/kernel/mmd";
import { solveSimplexQp } from "../../specification/reduce/simplex-qp";
import { checkSpecs } from "./evidence";

/** Kernel means on public points are smoother still than on a learnware's own: measured, 8 to 16 do about as well. */
export const PINNED_SHARPNESS = 12;
/** Of the mixture's problem: keeps one of learnwares that are all alike an even one. */
const RIDGE = 1e-4;
/** What is dealt out evenly: learnwares that the mixture leaves out may know some of the rows best. */
const EVEN = 0.25;
/** Rows that are compared; more tell no more. */
const MOST_ROWS = 500;

/**
 * How much each learnware is to count for rows in a pinned space: w = ¾ · argmin ‖u − Σ wₘ vₘ‖² + ¼ · 1 / m.
 *
 * Cost is O(n · Σ points · d) and O((Σ points)² · d).
 *
 * Source: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023, eq. 9 (the
 * mixture).
 *
 * @param x - Shape [n, d], in the space.
 * @param specs - m of them.
 * @returns Shape [m], > 0, sum 1; yields `match`.
 * @throws EngineError as `measureEvidence`.
 */
export async function* pinnedShares(
  compute: Compute,
  x: Matrix<Float32Array>,
  specs: readonly CandidateSpec[],
): Steps<Float64Array> {
  checkSpecs(x, specs);
  const count = specs.length;
  const gram = zeros(count, count);
  const target = new Float64Array(count);
  const sample = pickRows(x, sampleIndices(x.rows, MOST_ROWS, seededRandom(1)).sort());
  const rows = await compute.load(sample);
  try {
    for (const [m, { rkme }] of specs.entries()) {
      yield { stage: "match", done: m, total: count };
      const means = await rows.kernelMeans(rkme.points, gaussianGamma(rkme.kernel));
      target[m] = means.reduce((sum, mean, j) => sum + mean * rkme.weights[j]!, 0);
      for (let l = 0; l <= m; l++) {
        const product = innerProduct(rkme, specs[l]!.rkme);
        gram.data[m * count + l] = product;
        gram.data[l * count + m] = product;
      }
    }
  } finally {
    rows.dispose();
  }
  const { weights } = solveSimplexQp(gram, target, { ridge: RIDGE });
  return weights.map((weight) => (1 - EVEN) * weight + EVEN / count);
}
