import { factor, solveFactored, solveLower } from "../cholesky";
import type { Matrix } from "../matrix";
import type { Steps } from "../progress";
import { sampleIndices, seededRandom } from "../random";
import type { LinearModel } from "./linear-model";
import { fitStandardiser, standardise } from "./standardise";
import { checkTraining, type NumberTarget } from "./target";

const ALPHAS_PER_ROW = [1e-4, 1e-3, 1e-2, 1e-1, 1];
const LEAVE_ONE_OUT_ROWS = 2000;

/**
 * Ridge regression on standardised features: w = (XᵀX + αI)⁻¹ Xᵀy, the strength α chosen among
 * {10⁻⁴, …, 1} · n by leave-one-out error, Σᵢ ((yᵢ − ŷᵢ) / (1 − hᵢᵢ))², on at most 2000 rows.
 *
 * Cost is O(n · d² + d³).
 *
 * Source: Golub, Heath, Wahba, "Generalized Cross-Validation as a Method for Choosing a Good Ridge
 * Parameter", Technometrics 21 (1979), equation 1.2 (the leave-one-out identity).
 *
 * @param inputs - [n, d] with n ≥ 2, d ≥ 1; NaN where missing (the mean is put in).
 * @param target - n values.
 * @throws EngineError `shape_mismatch`, `no_usable_rows` or `bad_parameter`, as `checkTraining` says.
 */
export async function* fitRidge(
  inputs: Matrix<Float32Array>,
  target: NumberTarget,
): Steps<LinearModel> {
  checkTraining(inputs, target);
  const { rows, cols } = inputs;
  const standardiser = fitStandardiser(inputs);
  const scaled = standardise(inputs, standardiser);
  // Missing values and rounded means leave a remainder of the mean, which the intercept must not see.
  const shifts = columnMeans(scaled);
  for (let i = 0; i < scaled.data.length; i++) scaled.data[i]! -= shifts[i % cols]!;
  const mean = target.values.reduce((sum, y) => sum + y, 0) / rows;
  const { gram, moments } = multiply(scaled, target.values, mean);
  const sample = sampleIndices(rows, LEAVE_ONE_OUT_ROWS, seededRandom(1));

  const all = Array.from({ length: cols }, (_, j) => j);
  let best: { error: number; weights: Float64Array } = { error: Infinity, weights: moments };
  for (const [step, alpha] of ALPHAS_PER_ROW.entries()) {
    const l = factor({ data: gram, rows: cols, cols }, all, alpha * rows);
    const weights = solveFactored(l, moments.slice());
    const error = leaveOneOut(scaled, target.values, mean, l, weights, sample);
    if (error < best.error) best = { error, weights };
    yield { stage: "train", done: step + 1, total: ALPHAS_PER_ROW.length };
  }
  const shift = best.weights.reduce((sum, weight, j) => sum + weight * shifts[j]!, 0);
  return {
    task: "regression",
    features: cols,
    standardiser,
    weights: { data: best.weights, rows: 1, cols },
    intercepts: Float64Array.of(mean - shift),
  };
}

function columnMeans({ data, rows, cols }: Matrix<Float64Array>): Float64Array {
  const means = new Float64Array(cols);
  for (let i = 0; i < data.length; i++) means[i % cols]! += data[i]! / rows;
  return means;
}

/** XᵀX (lower triangle) and Xᵀ(y − mean). */
function multiply({ data, rows, cols }: Matrix<Float64Array>, values: Float64Array, mean: number) {
  const gram = new Float64Array(cols * cols);
  const moments = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    const x = data.subarray(i * cols, (i + 1) * cols);
    const y = values[i]! - mean;
    for (let j = 0; j < cols; j++) {
      const xj = x[j]!;
      if (xj === 0) continue;
      moments[j]! += xj * y;
      for (let k = 0; k <= j; k++) gram[j * cols + k]! += xj * x[k]!;
    }
  }
  return { gram, moments };
}

/** Mean squared leave-one-out error; hᵢᵢ = ‖L⁻¹xᵢ‖² + 1/n, the latter for the intercept. */
function leaveOneOut(
  { data, rows, cols }: Matrix<Float64Array>,
  values: Float64Array,
  mean: number,
  l: Float64Array,
  weights: Float64Array,
  sample: Int32Array,
): number {
  let total = 0;
  for (const i of sample) {
    const x = data.slice(i * cols, (i + 1) * cols);
    const fitted = x.reduce((sum, xj, j) => sum + xj * weights[j]!, mean);
    const leverage = solveLower(l, x).reduce((sum, u) => sum + u * u, 1 / rows);
    total += ((values[i]! - fitted) / Math.max(1e-6, 1 - leverage)) ** 2;
  }
  return total / sample.length;
}
