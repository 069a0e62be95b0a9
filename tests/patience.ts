/** @file How long tests may take here: limits are set for a quiet machine of two cores, and stretched by what is measured. */

import { createHash } from "node:crypto";

/** What the work below takes on a quiet machine. */
const QUIET_MS = 60;
const MOST = 8;

let factor: number | null = null;

/** @returns Milliseconds: this many seconds on a quiet machine, more on one that is slower or busy, up to eight times. */
export function patience(seconds: number): number {
  factor ??= Math.min(Math.max(measured() / QUIET_MS, 1), MOST);
  return Math.round(1000 * seconds * factor);
}

/** Of three, so that a short pause counts little. */
function measured(): number {
  const times = Array.from({ length: 3 }, () => {
    const started = performance.now();
    const block = Buffer.alloc(1 << 20);
    for (let i = 0; i < 64; i++) block[i] = createHash("sha1").update(block).digest()[0]!;
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[1]!;
}
