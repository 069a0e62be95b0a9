import { factor, solveFactored, solveLower } from "../../ground/cholesky";
import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { sampleIndices, seededRandom } from "../../ground/random";
import type { LinearModel } from "./linear-model";
import { fitStandardiser, standardise, type Standardiser } from "./standardise";
import { checkTraining, type NumberTarget } from "../target";

const ALPHAS_PER_ROW = [1e-4, 1e-3, 1e-2, 1e-1, 1];
const LEAVE_ONE_OUT_ROWS = 2000;

/** A line through numbers, and how strongly it was held back. */
export interface RidgeFit {
  /** The penalty chosen. */
  readonly alpha: number;
  /** Shape [d]. */
  readonly weights: Float64Array;
  readonly intercept: number;
  /** Per penalty asked about: mean squared leave-one-out error. */
  readonly errors: readonly number[];
}

export interface RidgeOptions {
  /** Penalties to choose from; by default {10⁻⁴, …, 1} · n. */
  readonly alphas?: readonly number[];
  /** By default that of the inputs. */
  readonly standardiser?: Standardiser;
}

/**
 * Ridge regression on standardised features, as `ridgeByLeaveOneOut` does it.
 *
 * @param inputs - [n, d] with n ≥ 2, d ≥ 1; NaN where missing (the mean is put in).
 * @param target - n values.
 * @throws EngineError `shape_mismatch`, `no_usable_rows` or `bad_parameter`, as `checkTraining` says.
 */
export async function* fitRidge(
  inputs: Matrix<Float32Array>,
  target: NumberTarget,
  options: RidgeOptions = {},
): Steps<LinearModel> {
  checkTraining(inputs, target);
  const alphas = options.alphas ?? ALPHAS_PER_ROW.map((alpha) => alpha * inputs.rows);
  const standardiser = options.standardiser ?? fitStandardiser(inputs);
  const scaled = standardise(inputs, standardiser);
  const { weights, intercept } = yield* ridgeByLeaveOneOut(scaled, target.values, alphas);
  return {
    task: "regression",
    features: inputs.cols,
    standardiser,
    weights: { data: weights, rows: 1, cols: inputs.cols },
    intercepts: Float64Array.of(intercept),
  };
}

/**
 * Ridge regression with an intercept that is not held back: w = (XᵀX + αI)⁻¹ Xᵀy on centred X and y, the penalty α
 * chosen by leave-one-out error, Σᵢ ((yᵢ − ŷᵢ) / (1 − hᵢᵢ))², on at most 2000 rows.
 *
 * Cost is O(n · d² + d³) and penalties · (d³ + rows · d²).
 *
 * Source: Golub, Heath, Wahba, "Generalized Cross-Validation as a Method for Choosing a Good Ridge
 * Parameter", Technometrics 21 (1979), equation 1.2 (the leave-one-out identity).
 *
 * @param x - [n, d], finite. Centred in place.
 * @param values - n values.
 * @param alphas - One or more, > 0; of equals in error the first is taken.
 */
export async function* ridgeByLeaveOneOut(
  x: Matrix<Float64Array>,
  values: Float64Array,
  alphas: readonly number[],
): Steps<RidgeFit> {
  const { rows, cols } = x;
  const centres = columnMeans(x);
  for (let i = 0; i < x.data.length; i++) x.data[i]! -= centres[i % cols]!;
  const mean = values.reduce((sum, y) => sum + y, 0) / rows;
  const { gram, moments } = multiply(x, values, mean);
  const sample = sampleIndices(rows, LEAVE_ONE_OUT_ROWS, seededRandom(1));

  const all = Array.from({ length: cols }, (_, j) => j);
  const errors: number[] = [];
  let best: { alpha: number; weights: Float64Array; error: number } | null = null;
  for (const [step, alpha] of alphas.entries()) {
    const l = factor({ data: gram, rows: cols, cols }, all, alpha);
    const weights = solveFactored(l, moments.slice());
    const error = leaveOneOut(x, values, mean, l, weights, sample);
    errors.push(error);
    if (!best || error < best.error) best = { alpha, weights, error };
    yield { stage: "train", done: step + 1, total: alphas.length };
  }
  const { alpha, weights } = best!;
  const intercept = mean - weights.reduce((sum, weight, j) => sum + weight * centres[j]!, 0);
  return { alpha, weights, intercept, errors };
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
