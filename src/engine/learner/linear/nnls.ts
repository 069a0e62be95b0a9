import { factor, solveFactored } from "../../ground/cholesky";
import type { Matrix } from "../../ground/matrix";

/** Added to the diagonal, relative to its mean, so that equal columns still have a solution. */
const RIDGE = 1e-10;
/** A gradient that rounding alone can leave, relative to the largest target. */
const TOLERANCE = 1e-10;

/**
 * Non-negative least squares from inner products: the v ≥ 0 that minimises ½ vᵀKv − cᵀv, where K = FᵀF and c = Fᵀy.
 *
 * Cost is O(m³) per exchange, some m exchanges.
 *
 * Source: Lawson, Hanson, "Solving Least Squares Problems" (1974), algorithm 23.10; on inner products as in Bro, De
 * Jong, "A Fast Non-Negativity-Constrained Least Squares Algorithm", Journal of Chemometrics 11 (1997).
 *
 * @param gram - K, shape [m, m], symmetric positive semidefinite.
 * @param target - c, shape [m], finite.
 * @returns Shape [m], ≥ 0.
 */
export function solveNonNegative(gram: Matrix<Float64Array>, target: Float64Array): Float64Array {
  const m = target.length;
  let trace = 0;
  for (let i = 0; i < m; i++) trace += gram.data[i * m + i]!;
  const ridge = Math.max(Number.MIN_VALUE, (RIDGE * trace) / m);
  const tolerance = TOLERANCE * target.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
  const positive = new Set<number>();
  let v: Float64Array = new Float64Array(m);
  for (let exchange = 0; exchange < 10 * m; exchange++) {
    const next = steepest(gram, target, v, positive);
    if (next === null || next.slope <= tolerance) break;
    positive.add(next.index);
    v = retreat(gram, target, v, positive, ridge);
  }
  return v;
}

/** The variable at 0 whose growth lowers the objective fastest. */
function steepest(
  gram: Matrix<Float64Array>,
  target: Float64Array,
  v: Float64Array,
  positive: ReadonlySet<number>,
): { readonly index: number; readonly slope: number } | null {
  let best: { index: number; slope: number } | null = null;
  const m = target.length;
  for (let i = 0; i < m; i++) {
    if (positive.has(i)) continue;
    let slope = target[i]!;
    for (let j = 0; j < m; j++) slope -= gram.data[i * m + j]! * v[j]!;
    if (!best || slope > best.slope) best = { index: i, slope };
  }
  return best;
}

/**
 * The solution on the positive set; while some of it is not positive, go towards it as far as 0 allows, drop what
 * stopped there, and solve again.
 */
function retreat(
  gram: Matrix<Float64Array>,
  target: Float64Array,
  from: Float64Array,
  positive: Set<number>,
  ridge: number,
): Float64Array {
  let v = from;
  while (positive.size > 0) {
    const chosen = [...positive].sort((a, b) => a - b);
    const c = Float64Array.from(chosen, (i) => target[i]!);
    const solution = solveFactored(factor(gram, chosen, ridge), c);
    const wanted = new Float64Array(v.length);
    chosen.forEach((i, at) => (wanted[i] = solution[at]!));
    const reach = (i: number) =>
      wanted[i]! > 0 ? Infinity : v[i]! > 0 ? v[i]! / (v[i]! - wanted[i]!) : 0;
    const first = chosen.reduce((a, b) => (reach(b) < reach(a) ? b : a));
    const step = reach(first);
    if (step === Infinity) return wanted;
    positive.delete(first);
    v = v.map((value, i) => (i === first ? 0 : value + step * (wanted[i]! - value)));
  }
  return v;
}
