import type { Matrix } from "../ground/matrix";

/**
 * Moves points of the plane so that their distances come nearer to those given: some rounds of stress majorisation, each of
 * which lowers Σ (‖xᵢ − xⱼ‖ − dᵢⱼ)² or leaves it. O(n²) for each round.
 *
 * Source: de Leeuw, "Applications of convex analysis to multidimensional scaling", 1977 (SMACOF, equal weights).
 *
 * @param distances - Shape [n, n], symmetric.
 * @param places - Shape [n, 2], changed in place.
 */
export function majorise(
  { data: distances, rows: n }: Matrix<Float64Array>,
  { data: places }: Matrix<Float64Array>,
  rounds: number,
): void {
  const next = new Float64Array(n * 2);
  for (let round = 0; round < rounds; round++) {
    next.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const dx = places[i * 2]! - places[j * 2]!;
        const dy = places[i * 2 + 1]! - places[j * 2 + 1]!;
        const drawn = Math.sqrt(dx * dx + dy * dy);
        if (drawn === 0) continue;
        const pull = distances[i * n + j]! / drawn / n;
        next[i * 2]! += pull * dx;
        next[i * 2 + 1]! += pull * dy;
        next[j * 2]! -= pull * dx;
        next[j * 2 + 1]! -= pull * dy;
      }
    }
    places.set(next);
  }
}

/** Rounds after which one point hardly moves. */
const ROUNDS = 25;

/**
 * Where a point lies best among points that stay: the place that lowers Σ wⱼ (‖x − xⱼ‖ − dⱼ)², from the weighted middle of
 * those it is nearest to. O(n) for each round.
 *
 * @param distances - Shape [n], to each.
 * @param anchors - Shape [n, 2].
 * @param weights - Shape [n], ≥ 0; equal unless told.
 */
export function placeAmong(
  distances: ArrayLike<number>,
  anchors: Float64Array,
  weights?: ArrayLike<number>,
): readonly [x: number, y: number] {
  const n = distances.length;
  let x = 0;
  let y = 0;
  let total = 0;
  for (let j = 0; j < n; j++) {
    const squared = distances[j]! * distances[j]!;
    const near = 1 / (1e-9 + squared * squared);
    x += near * anchors[j * 2]!;
    y += near * anchors[j * 2 + 1]!;
    total += near;
  }
  x /= total;
  y /= total;
  for (let round = 0; round < ROUNDS; round++) {
    let sumX = 0;
    let sumY = 0;
    let sum = 0;
    for (let j = 0; j < n; j++) {
      const weight = weights?.[j] ?? 1;
      const dx = x - anchors[j * 2]!;
      const dy = y - anchors[j * 2 + 1]!;
      const drawn = Math.sqrt(dx * dx + dy * dy);
      const reach = drawn > 0 ? distances[j]! / drawn : 0;
      sumX += weight * (anchors[j * 2]! + reach * dx);
      sumY += weight * (anchors[j * 2 + 1]! + reach * dy);
      sum += weight;
    }
    x = sumX / sum;
    y = sumY / sum;
  }
  return [x, y];
}
