import { LRUCache } from "lru-cache";

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Addresses that are remembered; of one that was forgotten nothing is counted. */
const MOST_KEPT = 20_000;

/** How often one address may ask: a minute's worth at once, and then as fast as it fills again. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #buckets = new LRUCache<string, Bucket>({ max: MOST_KEPT });

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /**
   * @param now - In milliseconds, of a clock that never goes back.
   * @returns 0 if it may ask, else in how many seconds.
   */
  take(address: string, now: number): number {
    const most = this.#perMinute;
    const key = networkOf(address);
    const { left, at } = this.#buckets.get(key) ?? { left: most, at: now };
    const filled = Math.min(most, left + ((now - at) * most) / 60_000);
    if (filled < 1) return Math.max(1, Math.ceil(((1 - filled) * 60) / most));
    this.#buckets.set(key, { left: filled - 1, at: now });
    return 0;
  }
}

/** Who has one IPv6 address has 2⁶⁴ of them. */
function networkOf(address: string): string {
  const v4 = /(?:^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (v4 !== undefined || !address.includes(":")) return v4 ?? address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head.split(":");
  const missing = address.includes("::") ? 8 - groups.length - tail.split(":").length : 0;
  return [...groups, ...new Array<string>(Math.max(0, missing)).fill("0"), ...tail.split(":")]
    .slice(0, 4)
    .join(":");
}
