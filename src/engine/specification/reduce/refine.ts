import type { LoadedRows } from "../kernel/compute";
import type { Steps } from "../../ground/progress";
import { type Evaluation, evaluatePoints } from "./objective";

export interface RefineOptions {
  /** Kernel width, in 1 / (scaled unit)²; finite and > 0. */
  readonly gamma: number;
  /** Most passes over the rows, the first evaluation included. */
  readonly evaluations: number;
  /** Ridge of the weights' problem; by default for sums in single precision. */
  readonly ridge?: number;
}

export interface Refined extends Evaluation {
  /** No step led further down, though evaluations were left: the precision of the sums is spent. */
  readonly stalled: boolean;
}

/** Earlier moves remembered. */
const MEMORY = 8;
/** Share of the gradient's promise a step must keep. */
const SUFFICIENT = 1e-4;
const SHORTEST_STEP = 1e-3;

interface Move {
  readonly step: Float64Array;
  readonly turn: Float64Array;
  readonly curvature: number;
}

/**
 * Move the points downhill on the squared MMD: limited-memory BFGS with backtracking, the weights
 * solved anew at every point. The squared MMD never increases. Points stay in single precision, so
 * that sums over the rows and sums over the points see the same numbers.
 *
 * Source: Nocedal, Wright, "Numerical Optimization", 2nd ed. (2006), algorithm 7.4, with a
 * diagonal start: 1 / (4·gamma·β_i·c_i), the curvature of point i under the data alone.
 *
 * @returns The last evaluation that was accepted.
 */
export async function* refinePoints(
  rows: LoadedRows,
  start: Evaluation,
  { gamma, evaluations, ridge }: RefineOptions,
): Steps<Refined> {
  let at = start;
  let moves: Move[] = [];
  let length = 1;
  for (let used = 1; used < evaluations; used++) {
    yield { stage: "refine", done: used, total: evaluations };
    const direction = bounded(descend(at, moves, gamma), at.points.cols, gamma);
    const slope = dot(direction, at.gradient);
    if (!(slope < 0)) return { ...at, stalled: true };
    const data = at.points.data.map((z, i) => Math.fround(z + length * direction[i]!));
    const next = await evaluatePoints(
      rows,
      { ...at.points, data },
      { gamma, ridge, start: at.weights },
    );
    if (next.value > at.value + SUFFICIENT * length * slope) {
      length *= 0.4;
      if (length >= SHORTEST_STEP) continue;
      if (moves.length === 0) return { ...at, stalled: true };
      moves = [];
      length = 1;
      continue;
    }
    moves = remember(moves, at, next);
    length = Math.min(1, length * 2.5);
    at = next;
  }
  return { ...at, stalled: false };
}

function remember(moves: readonly Move[], from: Evaluation, to: Evaluation): Move[] {
  const step = to.points.data.map((z, i) => z - from.points.data[i]!);
  const turn = to.gradient.map((g, i) => g - from.gradient[i]!);
  const curvature = dot(step, turn);
  const enough = curvature > 1e-10 * Math.sqrt(dot(step, step) * dot(turn, turn));
  return enough ? [...moves, { step, turn, curvature }].slice(-MEMORY) : [...moves];
}

/** The two-loop recursion: minus the inverse Hessian estimate times the gradient. */
function descend(
  { gradient, weights, means, points }: Evaluation,
  moves: readonly Move[],
  gamma: number,
): Float64Array {
  const q = gradient.map((g) => -g);
  const shares: number[] = [];
  for (let i = moves.length - 1; i >= 0; i--) {
    const { step, turn, curvature } = moves[i]!;
    const share = dot(step, q) / curvature;
    shares[i] = share;
    addScaled(q, turn, -share);
  }
  const { rows: m, cols: d } = points;
  for (let j = 0; j < m; j++) {
    // A floor keeps points of little weight from leaping.
    const scale = 1 / (4 * gamma * Math.max(weights[j]!, 0.05 / m) * Math.max(means[j]!, 1e-12));
    for (let k = j * d; k < (j + 1) * d; k++) q[k]! *= scale;
  }
  moves.forEach(({ step, turn, curvature }, i) => {
    addScaled(q, step, shares[i]! - dot(turn, q) / curvature);
  });
  return q;
}

/** Shorten the moves of single points to one kernel width: beyond it the gradient knows nothing. */
function bounded(direction: Float64Array, d: number, gamma: number): Float64Array {
  const longest = 1 / Math.sqrt(2 * gamma);
  for (let from = 0; from < direction.length; from += d) {
    const move = direction.subarray(from, from + d);
    const length = Math.sqrt(dot(move, move));
    if (length > longest) for (let k = 0; k < d; k++) move[k]! *= longest / length;
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

function addScaled(to: Float64Array, from: Float64Array, scale: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += scale * from[i]!;
}
