/** What the privacy check of a reduced set found; every rule must hold before anything is sent. */
export interface PreflightReport {
  readonly passed: boolean;
  /** Points kept after the check. */
  readonly points: number;
  /** Points that were dropped because they broke a rule. */
  readonly dropped: number;
  /** Smallest distance from a kept point to a real row. */
  readonly nearestRow: number;
  /** What it had to exceed: 1 % of the median distance between neighbouring rows. */
  readonly distanceLimit: number;
  /** Fewest rows behind a kept point; at least 5 are asked for. */
  readonly fewestRows: number;
}
