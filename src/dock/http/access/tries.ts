import { performance } from "node:perf_hooks";

import type { Context } from "hono";

import { AppError } from "../../../contracts/outcome";
import { RateLimit } from "../rate-limit";

/** Of one address, and for one account wherever from: enough for somebody who mistypes, too few to guess. */
const PER_MINUTE = 10;

/** Counts tries at what a guess could open. */
export class Tries {
  readonly #addressOf: (c: Context) => string | null;
  readonly #byAddress: RateLimit | null;
  readonly #byAccount: RateLimit | null;

  constructor(addressOf: (c: Context) => string | null, isLimited: boolean) {
    this.#addressOf = addressOf;
    this.#byAddress = isLimited ? new RateLimit(PER_MINUTE) : null;
    this.#byAccount = isLimited ? new RateLimit(PER_MINUTE) : null;
  }

  /**
   * @param account - Whom it is tried for, whether there is such an account or not.
   * @throws AppError `too_often`.
   */
  count(c: Context, account?: string): void {
    const now = performance.now();
    const address = this.#addressOf(c);
    const seconds = Math.max(
      address === null ? 0 : (this.#byAddress?.take(address, now) ?? 0),
      account === undefined ? 0 : (this.#byAccount?.take(account.toLowerCase(), now) ?? 0),
    );
    if (seconds === 0) return;
    c.header("Retry-After", String(seconds));
    throw new AppError("too_often", `this was tried too often; try again in ${seconds} s`);
  }
}
