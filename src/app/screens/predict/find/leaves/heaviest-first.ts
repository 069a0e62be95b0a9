/** A weighted point, as a bar shows it. */
export interface WeightBar {
  /** Which point. */
  readonly point: number;
  /** Of all weight, in [0, 1]. */
  readonly share: number;
  /** Of the longest bar, in [0, 1]. */
  readonly length: number;
}

/** Points by how much they weigh, the heaviest first; those that weigh nothing, or less, last. */
export function heaviestFirst(weights: Float64Array): WeightBar[] {
  const shares = weights.map((weight) => Math.max(0, weight));
  const total = shares.reduce((sum, share) => sum + share, 0) || 1;
  const most = shares.reduce((largest, share) => Math.max(largest, share), 0) || 1;
  return Array.from(shares, (share, point) => ({
    point,
    share: share / total,
    length: share / most,
  })).sort((a, b) => b.share - a.share || a.point - b.point);
}
