/** Learnwares that are used together; more make no better predictions. */
const MOST_LEARNWARES = 25;
/** What may be downloaded of them together: some seconds on an ordinary line. */
const MOST_BYTES = 20e6;

/**
 * The learnwares that are worth downloading: the nearest 25 that come to 20 MB at most. The nearest is always among
 * them; one that is too large beside those before it is passed over.
 *
 * @param nearest - Nearest first.
 * @param bytesOf - What has to be downloaded of one of them.
 */
export function shortlist<T>(nearest: readonly T[], bytesOf: (one: T) => number): T[] {
  const chosen: T[] = [];
  let bytes = 0;
  for (const one of nearest) {
    if (chosen.length === MOST_LEARNWARES) break;
    const own = bytesOf(one);
    if (chosen.length > 0 && bytes + own > MOST_BYTES) continue;
    chosen.push(one);
    bytes += own;
  }
  return chosen;
}
