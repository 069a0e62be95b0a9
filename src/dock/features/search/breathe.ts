import { setImmediate } from "node:timers/promises";

/**
 * Let other requests in; stop if nobody waits for this one any more.
 *
 * @throws Whatever the signal was aborted with.
 */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
