import type { Rkme } from "../engine/spec/rkme";

/**
 * Which of the user's points lie within a learnware's reach: no further than its radius from the
 * nearest of its points. Cost O(m · n · d).
 *
 * @param user - m points of dimension d.
 * @param learnware - n points of dimension d.
 * @param radiusSquared - In (scaled unit)², ≥ 0.
 * @returns Indices below m.
 */
export function coveredPoints(
  { points: user }: Rkme,
  { points: learnware }: Rkme,
  radiusSquared: number,
): Set<number> {
  const covered = new Set<number>();
  const d = user.cols;
  for (let i = 0; i < user.rows; i++) {
    for (let j = 0; j < learnware.rows && !covered.has(i); j++) {
      let squaredDistance = 0;
      for (let k = 0; k < d && squaredDistance <= radiusSquared; k++) {
        const difference = user.data[i * d + k]! - learnware.data[j * d + k]!;
        squaredDistance += difference * difference;
      }
      if (squaredDistance <= radiusSquared) covered.add(i);
    }
  }
  return covered;
}

/** The share of the user's weight that these of its points carry, in [0, 1]; negative weights count as none. */
export function coveredShare({ weights }: Rkme, points: ReadonlySet<number>): number {
  let total = 0;
  let covered = 0;
  for (const [i, weight] of weights.entries()) {
    const share = Math.max(0, weight);
    total += share;
    if (points.has(i)) covered += share;
  }
  return total > 0 ? covered / total : 0;
}
