import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";
import { factor, solveFactored } from "../../ground/cholesky";

export interface SimplexQpOptions {
  /**
   * Added to the diagonal of the gram matrix while solving. The default keeps a singular gram
   * matrix solvable and moves the objective by less than 5e-10. With single-precision
   * targets 1e-6 is advised.
   */
  readonly ridge?: number;
  /** Shape [m]: a near-by solution; where it is positive the search begins. */
  readonly start?: Float64Array;
}

export interface SimplexQpSolution {
  /** Shape [m], each ≥ 0, sum 1. */
  readonly weights: Float64Array;
  /** ½βᵀKβ − cᵀβ at the weights, without the ridge. */
  readonly objective: number;
}

/** Full exchanges of the active set that may fail to reduce the violations before it goes singly. */
const PATIENCE = 4;
const MOST_EXCHANGES = 60;

/**
 * The weights on the simplex that minimise ½βᵀKβ − cᵀβ over β ≥ 0, Σβ = 1.
 *
 * Block pivoting on the active set, then, if that cycles, a primal active-set method, which
 * cannot. A few Cholesky factorisations of the positive part: O(m³) each.
 *
 * Source: the problem is eq. 4 of Wu et al., TKDE 2023; the exchange rule is that of
 * Portugal, Júdice, Vicente, "A comparison of block pivoting and interior-point algorithms",
 * Math. Comp. 63 (1994).
 *
 * @param gram - K, shape [m, m], symmetric positive semidefinite.
 * @param target - c, shape [m].
 * @throws EngineError `shape_mismatch` if the shapes disagree or m is 0.
 * @throws EngineError `bad_parameter` if a number is not finite.
 */
export function solveSimplexQp(
  gram: Matrix<Float64Array>,
  target: Float64Array,
  { ridge = 1e-9, start }: SimplexQpOptions = {},
): SimplexQpSolution {
  checkProblem(gram, target);
  const problem = { gram, target, ridge };
  const weights = blockPivot(problem, start) ?? activeSet(problem, start);
  return { weights, objective: quadraticObjective(gram, target, weights) };
}

/**
 * The weights of the Python package when they may be negative: β = (K + 1e-5·I)⁻¹·c.
 *
 * @param gram - K, shape [m, m], symmetric positive semidefinite.
 * @param target - c, shape [m].
 * @returns Shape [m]; any sign, any sum.
 * @throws EngineError `shape_mismatch` if the shapes disagree or m is 0.
 * @throws EngineError `bad_parameter` if a number is not finite.
 */
export function solveUnconstrained(gram: Matrix<Float64Array>, target: Float64Array): Float64Array {
  checkProblem(gram, target);
  const all = Array.from(target.keys());
  return solveFactored(factor(gram, all, 1e-5), target.slice());
}

/**
 * ½βᵀKβ − cᵀβ.
 *
 * @param gram - K, shape [m, m].
 * @param target - c, shape [m].
 * @param weights - β, shape [m].
 */
export function quadraticObjective(
  gram: Matrix<Float64Array>,
  target: Float64Array,
  weights: Float64Array,
): number {
  const m = weights.length;
  let objective = 0;
  for (let i = 0; i < m; i++) {
    if (weights[i] === 0) continue;
    let sum = 0;
    for (let j = 0; j < m; j++) sum += gram.data[i * m + j]! * weights[j]!;
    objective += weights[i]! * (0.5 * sum - target[i]!);
  }
  return objective;
}

interface Problem {
  readonly gram: Matrix<Float64Array>;
  readonly target: Float64Array;
  readonly ridge: number;
}

/** Exchange all violating indices at once while that helps, one at a time while it does not; null if it cycles. */
function blockPivot(problem: Problem, start: Float64Array | undefined): Float64Array | null {
  const m = problem.target.length;
  const free = Uint8Array.from({ length: m }, (_, i) => (!start || start[i]! > 0 ? 1 : 0));
  if (!free.includes(1)) free.fill(1);
  let fewest = m + 1;
  let patience = PATIENCE;
  for (let round = 0; round < MOST_EXCHANGES; round++) {
    const { weights, slack, tolerance } = stationary(problem, free);
    const violating: number[] = [];
    for (let i = 0; i < m; i++) {
      if (free[i] ? weights[i]! < 0 : slack[i]! < -tolerance) violating.push(i);
    }
    if (violating.length === 0) return weights;
    if (violating.length < fewest) {
      fewest = violating.length;
      patience = PATIENCE;
    } else if (patience > 0) {
      patience--;
    } else {
      violating.splice(0, violating.length - 1);
    }
    for (const i of violating) free[i] = free[i] ? 0 : 1;
    if (!free.includes(1)) return null;
  }
  return null;
}

/** Primal active set: always feasible, and every pass lowers the objective or frees an index. */
function activeSet(problem: Problem, start: Float64Array | undefined): Float64Array {
  const m = problem.target.length;
  let weights = feasible(start, m);
  const free = Uint8Array.from(weights, (w) => (w > 0 ? 1 : 0));
  for (let round = 0; round < 20 * m + 20; round++) {
    const { weights: wanted, slack, tolerance } = stationary(problem, free);
    let step = 1;
    let blocking = -1;
    for (let i = 0; i < m; i++) {
      if (!free[i] || wanted[i]! >= 0) continue;
      const reach = weights[i]! / (weights[i]! - wanted[i]!);
      if (reach < step) {
        step = reach;
        blocking = i;
      }
    }
    weights = weights.map((w, i) => Math.max(0, w + step * (wanted[i]! - w)));
    if (blocking >= 0) {
      weights[blocking] = 0;
      free[blocking] = 0;
      continue;
    }
    let worst = -1;
    for (let i = 0; i < m; i++) {
      if (!free[i] && slack[i]! < (worst < 0 ? -tolerance : slack[worst]!)) worst = i;
    }
    if (worst < 0) break;
    free[worst] = 1;
  }
  return normalised(weights);
}

interface Stationary {
  /** Zero where not free; sum 1; may be negative. */
  readonly weights: Float64Array;
  /** Gradient minus the multiplier of the sum: must be ≥ 0 where not free. */
  readonly slack: Float64Array;
  /** What rounding may make of a slack of 0. */
  readonly tolerance: number;
}

/** The minimum over the free weights with their sum kept at 1, their signs ignored. */
function stationary({ gram, target, ridge }: Problem, free: Uint8Array): Stationary {
  const m = target.length;
  const chosen: number[] = [];
  for (let i = 0; i < m; i++) if (free[i]) chosen.push(i);
  const lower = factor(gram, chosen, ridge);
  const u = solveFactored(
    lower,
    Float64Array.from(chosen, (i) => target[i]!),
  );
  const v = solveFactored(lower, new Float64Array(chosen.length).fill(1));
  const multiplier = (1 - sum(u)) / sum(v);
  const weights = new Float64Array(m);
  chosen.forEach((i, at) => {
    weights[i] = u[at]! + multiplier * v[at]!;
  });
  const slack = new Float64Array(m);
  let largest = 0;
  for (let i = 0; i < m; i++) {
    if (free[i]) continue;
    let value = -target[i]! - multiplier;
    for (const j of chosen) value += gram.data[i * m + j]! * weights[j]!;
    slack[i] = value;
  }
  for (const i of chosen) largest = Math.max(largest, Math.abs(weights[i]!));
  return { weights, slack, tolerance: 1e-12 * Math.max(1, largest) };
}

function feasible(start: Float64Array | undefined, m: number): Float64Array {
  const weights = Float64Array.from({ length: m }, (_, i) => Math.max(0, start?.[i] ?? 1));
  return sum(weights) > 0 ? normalised(weights) : new Float64Array(m).fill(1 / m);
}

function normalised(weights: Float64Array): Float64Array {
  const total = sum(weights);
  return weights.map((w) => w / total);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function checkProblem(gram: Matrix<Float64Array>, target: Float64Array): void {
  const m = target.length;
  if (m < 1 || gram.rows !== m || gram.cols !== m) {
    throw new EngineError(
      "shape_mismatch",
      `gram is [${gram.rows}, ${gram.cols}] but target has ${m} numbers`,
    );
  }
  if (!gram.data.every(Number.isFinite) || !target.every(Number.isFinite)) {
    throw new EngineError("bad_parameter", "gram and target must be finite");
  }
}
