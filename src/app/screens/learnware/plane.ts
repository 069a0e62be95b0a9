import { classicalScaling } from "../../../engine/chart/classical-scaling";
import { zeros } from "../../../engine/ground/matrix";
import type { Specification } from "../../../engine/specification/specification";

/** A point of a specification on the plane, and the share of what was learnt that it stands for. */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
  readonly share: number;
}

/** So many points are drawn, those with most weight. */
const MOST_POINTS = 100;

/** Half of the picture that they fill. */
const WIDTH = 100;
const HEIGHT = 52;

/** Points whose distances on the plane come near to the real ones; |x| ≤ 100, |y| ≤ 52. */
export function planeOf({ points, weights }: Specification): PlanePoint[] {
  const heavy = Array.from(weights.keys())
    .filter((i) => weights[i]! > 0)
    .sort((a, b) => weights[b]! - weights[a]!)
    .slice(0, MOST_POINTS);
  const distances = zeros(heavy.length, heavy.length);
  heavy.forEach((a, i) =>
    heavy.forEach((b, j) => {
      let sum = 0;
      for (let k = 0; k < points.cols; k++) {
        sum += (points.data[a * points.cols + k]! - points.data[b * points.cols + k]!) ** 2;
      }
      distances.data[i * heavy.length + j] = Math.sqrt(sum);
    }),
  );
  const { data } = classicalScaling(distances);
  const xs = heavy.map((_, i) => data[2 * i]!);
  const ys = heavy.map((_, i) => data[2 * i + 1]!);
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  const [x, y] = [middle(xs), middle(ys)];
  // One measure for both, and a picture that is wider than high.
  const wide = Math.max(...xs) - x;
  const most = Math.max(wide, (WIDTH / HEIGHT) * (Math.max(...ys) - y), 1e-9);
  const total = heavy.reduce((sum, i) => sum + weights[i]!, 0);
  return heavy.map((point, i) => ({
    x: (WIDTH * (xs[i]! - x)) / most,
    y: (WIDTH * (ys[i]! - y)) / most,
    share: weights[point]! / total,
  }));
}
