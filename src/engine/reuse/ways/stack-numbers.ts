import { solveNonNegative } from "../../learner/linear/nnls";
import { type Matrix, zeros } from "../../ground/matrix";
import { sampleIndices, seededRandom } from "../../ground/random";
import { firstWithinNoise } from "./restraint";
import { quadraticObjective, solveSimplexQp } from "../../specification/reduce/simplex-qp";

/** A weighted sum of learnwares' numbers. */
export interface NumberStack {
  /** Shape [m], ≥ 0. */
  readonly weights: Float64Array;
  readonly constant: number;
  /** How strongly the weights were held to the mixture's, per row; Infinity where it is the mixture. */
  readonly penalty: number;
}

/** How far a stack may go from an average of the learnwares. */
type Freedom = "average" | "shifted" | "scaled";

interface Setting {
  readonly freedom: Freedom;
  readonly penalty: number;
}

const PENALTIES = [Infinity, 10, 3, 1, 0.3, 0.1, 0.03, 0.01];
const FREEDOMS: readonly Freedom[] = ["average", "shifted", "scaled"];
/** From the most to the least restrained: of equals the first is taken. */
const SETTINGS = PENALTIES.flatMap((penalty) =>
  FREEDOMS.map((freedom): Setting => ({ freedom, penalty })),
);
const MOST_FOLDS = 20;

/**
 * Non-negative weights v and a constant a that make a + Σ vₘ fₘ close to y, held to the mixture's weights w:
 * min Σᵢ (yᵢ − a − Σ vₘ fₘᵢ)² + λ n s² ‖v − w‖², where s² is the learnwares' mean variance.
 *
 * The setting is the one with the least cross-validated squared error (leave-one-out up to 20 rows, else 20 folds):
 * λ, and whether weights sum to 1 (with a = 0, or any a) or to anything. Cost is O(folds · settings · m³).
 *
 * Sources: Wolpert, "Stacked Generalization", Neural Networks 5 (1992); Breiman, "Stacked Regressions", Machine
 * Learning 24 (1996), for weights that must not be negative.
 *
 * @param outputs - Shape [n, m]: what each learnware says, n ≥ 2.
 * @param truth - Shape [n].
 * @param shares - Shape [m]: w, ≥ 0, sum 1.
 */
export function stackNumbers(
  outputs: Matrix<Float64Array>,
  truth: Float64Array,
  shares: Float64Array,
): NumberStack {
  const { rows } = outputs;
  const order = sampleIndices(rows, rows, seededRandom(1));
  const folds = Math.min(MOST_FOLDS, rows);
  const errors = SETTINGS.map(() => new Float64Array(rows));
  for (let fold = 0; fold < folds; fold++) {
    const judged = order.filter((_, p) => p % folds === fold);
    const others = order.filter((_, p) => p % folds !== fold);
    const problem = problemOf(outputs, truth, shares, others);
    SETTINGS.forEach((setting, s) => {
      const stack = solve(problem, setting);
      for (const row of judged) errors[s]![row] = (truth[row]! - valueAt(stack, outputs, row)) ** 2;
    });
  }
  const best = SETTINGS[firstWithinNoise(errors)]!;
  return solve(problemOf(outputs, truth, shares, order), best);
}

function valueAt({ weights, constant }: NumberStack, { data, cols }: Matrix, row: number): number {
  return weights.reduce((sum, weight, m) => sum + weight * data[row * cols + m]!, constant);
}

/** Means and mean products of what is left without them; products in units of the learnwares' variance s². */
interface Problem {
  readonly means: Float64Array;
  readonly truthMean: number;
  readonly variance: number;
  readonly gram: Matrix<Float64Array>;
  readonly target: Float64Array;
  readonly shares: Float64Array;
}

function problemOf(
  { data, cols }: Matrix<Float64Array>,
  truth: Float64Array,
  shares: Float64Array,
  chosen: Int32Array,
): Problem {
  const means = new Float64Array(cols);
  let truthMean = 0;
  for (const row of chosen) {
    truthMean += truth[row]! / chosen.length;
    for (let m = 0; m < cols; m++) means[m]! += data[row * cols + m]! / chosen.length;
  }
  const gram = zeros(cols, cols);
  const target = new Float64Array(cols);
  const f = new Float64Array(cols);
  for (const row of chosen) {
    for (let m = 0; m < cols; m++) f[m] = data[row * cols + m]! - means[m]!;
    for (let m = 0; m < cols; m++) {
      target[m]! += f[m]! * (truth[row]! - truthMean);
      for (let l = 0; l < cols; l++) gram.data[m * cols + l]! += f[m]! * f[l]!;
    }
  }
  let variance = 0;
  for (let m = 0; m < cols; m++) variance += gram.data[m * cols + m]! / (cols * chosen.length);
  if (!(variance > 0)) variance = 1;
  const unit = variance * chosen.length;
  const scaled = { ...gram, data: gram.data.map((product) => product / unit) };
  const scaledTarget = target.map((product) => product / unit);
  return { means, truthMean, variance, gram: scaled, target: scaledTarget, shares };
}

function solve(problem: Problem, { freedom, penalty }: Setting): NumberStack {
  const { means, truthMean } = problem;
  const weights = penalty === Infinity ? held(problem, freedom) : free(problem, freedom, penalty);
  const said = weights.reduce((sum, weight, m) => sum + weight * means[m]!, 0);
  return { weights, constant: freedom === "average" ? 0 : truthMean - said, penalty };
}

/** The mixture's weights, scaled as one if they may be. */
function held({ gram, target, shares }: Problem, freedom: Freedom): Float64Array {
  if (freedom !== "scaled") return shares;
  const along = shares.reduce((sum, w, m) => sum + w * target[m]!, 0);
  const length = 2 * (quadraticObjective(gram, target, shares) + along);
  return shares.map((w) => (length > 0 ? w * Math.max(0, along / length) : w));
}

function free(
  { means, truthMean, variance, gram, target, shares }: Problem,
  freedom: Freedom,
  penalty: number,
): Float64Array {
  const m = shares.length;
  // Without a constant, the means have to fit too.
  const withMeans = freedom === "average" ? 1 / variance : 0;
  const k = gram.data.map((product, at) => {
    const [i, j] = [Math.floor(at / m), at % m];
    return product + withMeans * means[i]! * means[j]! + (i === j ? penalty : 0);
  });
  const c = target.map(
    (product, i) => product + withMeans * means[i]! * truthMean + penalty * shares[i]!,
  );
  const held = { data: k, rows: m, cols: m };
  return freedom === "scaled" ? solveNonNegative(held, c) : solveSimplexQp(held, c).weights;
}
