import { factor, solveFactored } from "../../ground/cholesky";
import { type Matrix, zeros } from "../../ground/matrix";
import { normal, seededRandom } from "../../ground/random";

/** A plane that rows are looked at on: two directions of length 1 at a right angle. */
export interface Plane {
  /** Shape [d]: what is in the middle. */
  readonly middle: Float64Array;
  readonly across: Float64Array;
  readonly up: Float64Array;
}

/** Rows beside weighted points. */
export interface RowsAndPoints {
  /** Shape [n, d]. */
  readonly x: Matrix;
  /** Shape [n]: 1 for rows that are to part from the others. */
  readonly covered: Uint8Array;
  /** Shape [m, d]. */
  readonly points: Matrix;
  /** Shape [m], ≥ 0, summing to 1. */
  readonly weights: Float64Array;
}

/** Columns that a plane is made of: those that vary most. */
const MOST_COLUMNS = 160;
/** In units of the scale: farther out, a cell does not turn a plane any more. */
const FARTHEST = 8;
/** Of the mean variance. */
const RIDGE = 0.5;
const ROUNDS = 200;

/**
 * Planes on which rows that are covered and rows that are not may part: one by Fisher's direction and the one along which
 * rows vary most at a right angle to it; and two by the directions in which what is not covered lies farthest out for how far
 * what is covered does. Where all rows are of one sort, the plane along which they vary most.
 *
 * Cost is O((n + m) · d²), and O(d³).
 *
 * Source: Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936); Parlett, "The
 * Symmetric Eigenvalue Problem" (1980), for pairs of moments.
 */
export function partingPlanes({ x, covered, points, weights }: RowsAndPoints): Plane[] {
  const d = x.cols;
  const middle = weightedMean(points, weights);
  const used = widest(x, points, middle);
  const k = used.length;
  const rest = (matrix: Matrix, weightOf: (i: number) => number) =>
    momentsOf(matrix, used, middle, weightOf);
  const some = covered.reduce((sum, one) => sum + one, 0);
  const others = x.rows - some;
  const inner = rest(x, (i) => (some > 0 && covered[i] ? 1 / some : 0));
  const outer = rest(x, (i) => (others > 0 && !covered[i] ? 1 / others : 0));
  const learnt = rest(points, (j) => weights[j]!);
  const base = sumOf(inner.second, learnt.second, k);
  const all = sumOf(base, outer.second, k);
  const whole = (short: Float64Array) => {
    const long = new Float64Array(d);
    used.forEach((col, j) => (long[col] = short[j]!));
    return long;
  };
  const plane = (across: Float64Array, up: Float64Array): Plane => {
    const upward = up.map((value) => (dot(up, outer.first) < 0 ? -value : value));
    return { middle, across: whole(signed(across)), up: whole(upward) };
  };
  if (others === 0 || some === 0) {
    const first = leading(all, k, []);
    return [plane(first, leading(all, k, [first]))];
  }
  const ridge = RIDGE * (traceOf(base, k) / k) + 1e-9;
  const lower = factor({ data: base, rows: k, cols: k }, [...Array(k).keys()], ridge);
  const solve = (b: Float64Array) => solveFactored(lower, b);
  const fisher = unit(solve(outer.first.map((value, j) => value - inner.first[j]!)));
  const far = leading(outer.second, k, [], solve);
  const next = leading(outer.second, k, [far], solve);
  return [
    plane(leading(all, k, [fisher]), fisher),
    plane(leading(all, k, [far]), far),
    plane(next, far),
  ];
}

/** Where rows come to lie on a plane: x, y, x, y, …, y downwards. */
export function onPlane({ data, rows, cols }: Matrix, { middle, across, up }: Plane): Float64Array {
  const places = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    let [x, y] = [0, 0];
    for (let j = 0; j < cols; j++) {
      const off = data[i * cols + j]! - middle[j]!;
      x += off * across[j]!;
      y -= off * up[j]!;
    }
    places[2 * i] = x;
    places[2 * i + 1] = y;
  }
  return places;
}

function weightedMean({ data, cols }: Matrix, weights: Float64Array): Float64Array {
  const mean = new Float64Array(cols);
  weights.forEach((weight, i) => {
    for (let j = 0; j < cols; j++) mean[j]! += weight * data[i * cols + j]!;
  });
  return mean;
}

/** Indices of the columns that vary most, ascending. */
function widest(x: Matrix, points: Matrix, middle: Float64Array): number[] {
  const spread = new Float64Array(x.cols);
  for (const { data, rows, cols } of [x, points]) {
    for (let at = 0; at < data.length; at++) {
      spread[at % cols]! += clipped(data[at]! - middle[at % cols]!) ** 2 / rows;
    }
  }
  return [...spread.keys()]
    .sort((a, b) => spread[b]! - spread[a]! || a - b)
    .slice(0, MOST_COLUMNS)
    .sort((a, b) => a - b);
}

/** First and second moments about the middle, of some columns. */
function momentsOf(
  { data, rows, cols }: Matrix,
  used: readonly number[],
  middle: Float64Array,
  weightOf: (i: number) => number,
): { readonly first: Float64Array; readonly second: Float64Array } {
  const k = used.length;
  const first = new Float64Array(k);
  const second = new Float64Array(k * k);
  const off = new Float64Array(k);
  for (let i = 0; i < rows; i++) {
    const weight = weightOf(i);
    if (weight === 0) continue;
    used.forEach((col, j) => (off[j] = clipped(data[i * cols + col]! - middle[col]!)));
    for (let j = 0; j < k; j++) {
      first[j]! += weight * off[j]!;
      for (let l = 0; l <= j; l++) second[j * k + l]! += weight * off[j]! * off[l]!;
    }
  }
  for (let j = 0; j < k; j++) for (let l = 0; l < j; l++) second[l * k + j] = second[j * k + l]!;
  return { first, second };
}

/**
 * The direction of the largest eigenvalue at a right angle to others, by iteration from a start that is always the same.
 *
 * @param solve - Of the second of a pair of matrices, where there is one.
 */
function leading(
  matrix: Float64Array,
  k: number,
  others: readonly Float64Array[],
  solve: (b: Float64Array) => Float64Array = (b) => b,
): Float64Array {
  const random = seededRandom(k);
  let vector = new Float64Array(k).map(() => normal(random));
  for (let round = 0; round < ROUNDS; round++) {
    const next = solve(times(matrix, k, vector));
    for (const other of others) {
      const along = dot(next, other);
      other.forEach((value, j) => (next[j]! -= along * value));
    }
    const length = Math.sqrt(dot(next, next));
    if (!(length > 1e-300)) break;
    vector = next.map((value) => value / length);
  }
  return rightAngled(vector, others);
}

/** At a right angle to others, of length 1, even where nothing varies. */
function rightAngled(vector: Float64Array, others: readonly Float64Array[]): Float64Array {
  const starts = [vector, ...vector.map((_, j) => j)].map((start) =>
    typeof start === "number"
      ? new Float64Array(vector.length).map((_, j) => Number(j === start))
      : start.slice(),
  );
  for (const start of starts) {
    for (const other of others) {
      const along = dot(start, other);
      other.forEach((value, j) => (start[j]! -= along * value));
    }
    if (dot(start, start) > 1e-6) return unit(start);
  }
  return new Float64Array(vector.length); // One column only: the plane is a line.
}

function times(matrix: Float64Array, k: number, vector: Float64Array): Float64Array {
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += matrix[i * k + j]! * vector[j]!;
    return sum;
  });
}

function sumOf(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const { data } = zeros(k, k);
  return data.map((_, at) => a[at]! + b[at]!);
}

function traceOf(matrix: Float64Array, k: number): number {
  let sum = 0;
  for (let j = 0; j < k; j++) sum += matrix[j * k + j]!;
  return sum;
}

/** So that the largest part points to the right. */
function signed(vector: Float64Array): Float64Array {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best));
  return largest < 0 ? vector.map((value) => -value) : vector;
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((value) => value / length) : vector;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function clipped(value: number): number {
  return Math.max(-FARTHEST, Math.min(FARTHEST, value));
}
