import { AppError } from "../../contracts/outcome";
import type { Fetching } from "./ask";

/** Requests under way at once. */
const AT_ONCE = 6;

/**
 * Fetch something for each, a few at a time, in order. Counts what came as progress.
 *
 * @throws AppError `aborted` when the signal fires; the first failure of `fetchIt`.
 */
export async function inTurn<T, R>(
  items: readonly T[],
  { signal, onProgress }: Fetching,
  fetchIt: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  let done = 0;
  const next = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      if (signal?.aborted) throw new AppError("aborted", "the download was cancelled");
      const [index, item] = entry;
      results[index] = await fetchIt(item);
      onProgress?.({ stage: "download", done: ++done, total: items.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return results;
}
