import type { Steps } from "../../ground/progress";

/** Value of a function at `x`; its gradient is written into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

const MEMORY = 10;

/**
 * Minimise a smooth function by L-BFGS with a backtracking line search.
 *
 * Source: Nocedal, Wright, "Numerical Optimization", 2nd edition (2006), algorithms 7.4 and 3.1.
 *
 * @param start - Shape [p]. Not changed.
 * @param maxSteps - Most iterations.
 * @param tolerance - Stops when no component of the gradient is larger.
 * @returns Shape [p]: the point reached; yields `train` after each iteration.
 */
export async function* minimise(
  objective: Objective,
  start: Float64Array,
  maxSteps: number,
  tolerance: number,
): Steps<Float64Array> {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = objective(x, gradient);
  const history: { s: Float64Array; y: Float64Array; rho: number }[] = [];

  for (let step = 0; step < maxSteps; step++) {
    if (gradient.every((g) => Math.abs(g) <= tolerance)) break;
    const direction = gradient.map((g) => -g);
    const alphas: number[] = [];
    for (const { s, y, rho } of history.toReversed()) {
      const alpha = rho * dot(s, direction);
      alphas.push(alpha);
      addScaled(direction, -alpha, y);
    }
    const last = history.at(-1);
    const size = last
      ? 1 / (last.rho * dot(last.y, last.y))
      : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
    for (let i = 0; i < direction.length; i++) direction[i]! *= size;
    for (const { s, y, rho } of history) {
      addScaled(direction, alphas.pop()! - rho * dot(y, direction), s);
    }

    const slope = dot(gradient, direction);
    if (!(slope < 0)) break;
    let length = 1;
    let next = x;
    const nextGradient = new Float64Array(x.length);
    let nextValue = Infinity;
    for (let halving = 0; halving < 30; halving++, length /= 2) {
      next = x.slice();
      addScaled(next, length, direction);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
      nextValue = Infinity;
    }
    if (nextValue === Infinity) break;
    const s = next.map((v, i) => v - x[i]!);
    const y = nextGradient.map((g, i) => g - gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) history.push({ s, y, rho: 1 / curvature });
    if (history.length > MEMORY) history.shift();
    [x, value] = [next, nextValue];
    gradient = nextGradient;
    yield { stage: "train", done: step + 1, total: maxSteps };
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(to: Float64Array, factor: number, what: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * what[i]!;
}
