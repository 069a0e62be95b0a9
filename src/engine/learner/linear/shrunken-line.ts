import { factor, solveFactored } from "../../ground/cholesky";
import { type Matrix, zeros } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";

/** What a line adds to an estimate: constant + slope · u + Σ wⱼ zⱼ. */
export interface ShrunkenLine {
  readonly constant: number;
  readonly slope: number;
  /** Shape [p]. */
  readonly weights: Float64Array;
}

/** How much a part of the line may explain, as a multiple of what nothing explains: from "not at all" on. */
const SIZES = [0, 0.1, 1, 10];
/** Of the rest's own squares: what is left of a rest that a line meets exactly. */
const LEAST_LEFT = 1e-12;

/**
 * A line through what an estimate leaves of the truth, held to 0 as far as the rows do not speak against it.
 *
 * r = c + a u + Σ wⱼ zⱼ + ε with ε ~ N(0, σ²), c ~ N(0, κσ²), a ~ N(0, ασ²), wⱼ ~ N(0, ωσ²) and p(σ²) ∝ 1/σ². It is the mean
 * of what κ, α, ω ∈ {0, 0.1, 1, 10} make of the rows, each of the 64 counting as much as it makes r probable:
 * |K|^(−1/2) (rᵀK⁻¹r)^(−n/2), K = I + κ 11ᵀ + α uuᵀ + ω ZZᵀ. With few rows all that explain r about as well count, and
 * among them those that add nothing; nothing is chosen, and no rows are set aside.
 *
 * Cost is O(n · p² + p³).
 *
 * Sources: MacKay, "Bayesian Interpolation", Neural Computation 4 (1992), for the evidence; Hoeting, Madigan, Raftery,
 * Volinsky, "Bayesian Model Averaging: A Tutorial", Statistical Science 14 (1999).
 *
 * @param rest - Shape [n]: r, the truth less the estimate.
 * @param direction - Shape [n]: u, of mean square about 1.
 * @param columns - Shape [n, p]: z, mean squares of all columns together about 1.
 */
export async function* shrunkenLine(
  rest: Float64Array,
  direction: Float64Array,
  columns: Matrix<Float64Array>,
): Steps<ShrunkenLine> {
  const n = rest.length;
  const ones = new Float64Array(n).fill(1);
  const known = [ones, direction, rest];
  const gram = gramOf(columns);
  const moments = known.map((one) => timesColumns(columns, one));
  const lines: (ShrunkenLine & { readonly evidence: number })[] = [];
  for (const [step, omega] of SIZES.entries()) {
    const { solved, logDeterminant } = held(gram, moments, omega);
    const product = (a: number, b: number) =>
      dot(known[a]!, known[b]!) - dot(moments[a]!, solved[b]!);
    const [s11, s1u, suu] = [product(0, 0), product(0, 1), product(1, 1)];
    const [s1r, sur, srr] = [product(0, 2), product(1, 2), product(2, 2)];
    for (const kappa of SIZES) {
      for (const alpha of SIZES) {
        // The two by two of I + D½ S D½, D being the sizes of constant and slope.
        const [k, a] = [Math.sqrt(kappa), Math.sqrt(alpha)];
        const [p, q, both] = [1 + kappa * s11, 1 + alpha * suu, k * a * s1u];
        const determinant = p * q - both * both;
        const constant = (k * (q * k * s1r - both * a * sur)) / determinant;
        const slope = (a * (p * a * sur - both * k * s1r)) / determinant;
        const left = Math.max(srr - constant * s1r - slope * sur, LEAST_LEFT * dot(rest, rest));
        const evidence =
          left > 0
            ? -(logDeterminant + Math.log(determinant)) / 2 - (n / 2) * Math.log(left)
            : -logDeterminant;
        const weights = solved[2]!.map(
          (w, j) => w - constant * solved[0]![j]! - slope * solved[1]![j]!,
        );
        lines.push({ constant, slope, weights, evidence });
      }
    }
    yield { stage: "train", done: step + 1, total: SIZES.length };
  }
  return meanOf(lines);
}

/** (I/ω + ZᵀZ)⁻¹ Zᵀv for each v, and ln |I + ω ZZᵀ|. */
function held(gram: Matrix<Float64Array>, moments: readonly Float64Array[], omega: number) {
  if (omega === 0) {
    return { solved: moments.map((one) => one.map(() => 0)), logDeterminant: 0 };
  }
  const all = Array.from({ length: gram.cols }, (_, j) => j);
  const lower = factor(gram, all, 1 / omega);
  const solved = moments.map((one) => solveFactored(lower, one.slice()));
  const logDeterminant = all.reduce(
    (sum, j) => sum + Math.log(omega) + 2 * Math.log(lower[j * gram.cols + j]!),
    0,
  );
  return { solved, logDeterminant };
}

function meanOf(lines: readonly (ShrunkenLine & { readonly evidence: number })[]): ShrunkenLine {
  const most = Math.max(...lines.map(({ evidence }) => evidence));
  const odds = lines.map(({ evidence }) => Math.exp(evidence - most));
  const total = odds.reduce((sum, one) => sum + one, 0);
  const weights = new Float64Array(lines[0]!.weights.length);
  let [constant, slope] = [0, 0];
  lines.forEach((line, s) => {
    const share = odds[s]! / total;
    constant += share * line.constant;
    slope += share * line.slope;
    line.weights.forEach((weight, j) => (weights[j]! += share * weight));
  });
  return { constant, slope, weights };
}

function gramOf({ data, rows, cols }: Matrix<Float64Array>): Matrix<Float64Array> {
  const gram = zeros(cols, cols);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    for (let j = 0; j < cols; j++) {
      const zj = row[j]!;
      if (zj === 0) continue;
      for (let k = 0; k <= j; k++) gram.data[j * cols + k]! += zj * row[k]!;
    }
  }
  return gram;
}

/** Zᵀv. */
function timesColumns({ data, cols }: Matrix<Float64Array>, v: Float64Array): Float64Array {
  const product = new Float64Array(cols);
  v.forEach((value, i) => {
    for (let j = 0; j < cols; j++) product[j]! += value * data[i * cols + j]!;
  });
  return product;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
