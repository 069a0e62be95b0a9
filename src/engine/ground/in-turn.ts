import type { Progress } from "./progress";

/** Requests under way at once. */
const AT_ONCE = 6;

/**
 * Fetch something for each, a few at a time, in order. Counts what came as progress. After a failure nothing more is
 * begun.
 *
 * @throws What `fetchIt` throws first.
 */
export async function inTurn<T, R>(
  items: readonly T[],
  fetchIt: (item: T) => Promise<R>,
  onProgress?: (progress: Progress) => void,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  let done = 0;
  const next = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      const [index, item] = entry;
      try {
        results[index] = await fetchIt(item);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
      onProgress?.({ stage: "download", done: ++done, total: items.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return results;
}
