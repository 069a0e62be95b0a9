/** How much a dock lets be asked of it. */
export interface DockLimits {
  /** Of one address; 0 for any number. */
  readonly requestsPerMinute: number;
  /** A request is answered within so many seconds, or not at all. */
  readonly seconds: number;
  /** Requests under way at once, and waiting for that; the rest is told to come again. */
  readonly running: number;
  readonly waiting: number;
  /** Proxies of the operator's own that every request passes. */
  readonly proxies: number;
}

/** Sixteen keep two cores and ten connections to a database busy; a thousand are answered within seconds. */
export const usualLimits: DockLimits = {
  requestsPerMinute: 6000,
  seconds: 30,
  running: 16,
  waiting: 1000,
  proxies: 0,
};
