import type { Progress } from "./progress";

/** Requests under way at once, unless told. */
const AT_ONCE = 6;

/**
 * The same, without those that `isLeftOut` says concern their item alone.
 *
 * @throws The first of them if nothing else came.
 */
export async function usableInTurn<T, R>(
  items: readonly T[],
  fetchIt: (item: T) => Promise<R>,
  isLeftOut: (error: unknown) => boolean,
  onProgress?: (progress: Progress) => void,
  atOnce?: number,
): Promise<R[]> {
  const failed: unknown[] = [];
  const fetched: R[] = [];
  const fetching = async (item: T): Promise<[R] | []> => {
    try {
      return [await fetchIt(item)];
    } catch (error) {
      if (!isLeftOut(error)) throw error;
      failed.push(error);
      return [];
    }
  };
  for (const some of await inTurn(items, fetching, onProgress, atOnce)) fetched.push(...some);
  if (fetched.length === 0 && failed.length > 0) throw failed[0];
  return fetched;
}

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
  atOnce = AT_ONCE,
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
  await Promise.all(Array.from({ length: atOnce }, next));
  return results;
}
