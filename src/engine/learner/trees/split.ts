import type { Histogram, HistogramLayout } from "./histogram";

export interface NodeSums {
  readonly gradient: number;
  readonly curvature: number;
  readonly count: number;
}

export interface Split {
  readonly feature: number;
  /** Rows whose bin is ≤ this go left. */
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly left: NodeSums;
  readonly right: NodeSums;
}

export interface SplitRules {
  readonly minLeafRows: number;
  /** L2 penalty on leaf values. */
  readonly l2: number;
}

const MIN_CURVATURE = 1e-6;

/**
 * The split of a node that lowers the second-order loss most:
 * gain = G_L² / (H_L + λ) + G_R² / (H_R + λ) − G² / (H + λ), G and H being the sums of gradient
 * and curvature. Missing values are tried on both sides.
 *
 * Source: Chen, Guestrin, "XGBoost: A Scalable Tree Boosting System", KDD 2016, equation 7 and algorithm 3.
 *
 * @returns Null if no split leaves `minLeafRows` on both sides and gains anything.
 */
export function findSplit(
  sums: Histogram,
  { starts }: HistogramLayout,
  features: Int32Array,
  node: NodeSums,
  { minLeafRows, l2 }: SplitRules,
): Split | null {
  const own = (node.gradient * node.gradient) / (node.curvature + l2);
  let best: Split | null = null;
  let bestGain = 1e-9 * Math.abs(own) + 1e-12;
  for (const feature of features) {
    const start = starts[feature]!;
    const missing = starts[feature + 1]! - 1;
    const missingCount = sums[missing * 3 + 2]!;
    for (let side = 0; side < (missingCount > 0 ? 2 : 1); side++) {
      const missingLeft = side === 1;
      let g = missingLeft ? sums[missing * 3]! : 0;
      let h = missingLeft ? sums[missing * 3 + 1]! : 0;
      let n = missingLeft ? missingCount : 0;
      // The last bin only splits when the missing rows stay on the other side.
      const end = missingLeft || missingCount === 0 ? missing - 1 : missing;
      for (let bin = start; bin < end; bin++) {
        if (sums[bin * 3 + 2] === 0) continue;
        g += sums[bin * 3]!;
        h += sums[bin * 3 + 1]!;
        n += sums[bin * 3 + 2]!;
        if (n < minLeafRows || h < MIN_CURVATURE) continue;
        const rightCount = node.count - n;
        const rightCurvature = node.curvature - h;
        if (rightCount < minLeafRows || rightCurvature < MIN_CURVATURE) break;
        const rightGradient = node.gradient - g;
        const gain =
          (g * g) / (h + l2) + (rightGradient * rightGradient) / (rightCurvature + l2) - own;
        if (gain <= bestGain) continue;
        bestGain = gain;
        best = {
          feature,
          bin: bin - start,
          // Unseen in training: a missing value follows the larger side.
          missingLeft: missingCount > 0 ? missingLeft : n >= rightCount,
          gain,
          left: { gradient: g, curvature: h, count: n },
          right: { gradient: rightGradient, curvature: rightCurvature, count: rightCount },
        };
      }
    }
  }
  return best;
}
