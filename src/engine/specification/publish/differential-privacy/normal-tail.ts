/** Where the series gives way to the continued fraction. */
const FAR = 3;

/**
 * P(N > x) of a standard normal N, with a relative error below 1e-12.
 *
 * @returns In [0, 1].
 */
export function normalTail(x: number): number {
  return x < 0 ? 1 - Math.exp(logNormalTail(-x)) : Math.exp(logNormalTail(x));
}

/**
 * ln P(N > x) for x ≥ 0, which is finite where the probability itself is too small for a double.
 *
 * Near zero by the series Φ(x) − ½ = φ(x) · (x + x³/3 + x⁵/(3·5) + …), far out by Laplace's
 * continued fraction φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))).
 *
 * Source: Abramowitz, Stegun, "Handbook of Mathematical Functions", 1964, 26.2.11 and 26.2.14.
 *
 * @returns ≤ 0.
 */
export function logNormalTail(x: number): number {
  const logDensity = -(x * x) / 2 - Math.log(2 * Math.PI) / 2;
  if (x < FAR) {
    let term = x;
    let sum = x;
    for (let odd = 3; term > 1e-18 * sum; odd += 2) {
      term *= (x * x) / odd;
      sum += term;
    }
    return Math.log(0.5 - Math.exp(logDensity) * sum);
  }
  let fraction = x;
  for (let k = 200; k >= 1; k--) fraction = x + k / fraction;
  return logDensity - Math.log(fraction);
}
