/** Between two times that the queue is told that a job goes on. */
const KEEP_MS = 10_000;

/** The queue need not hear of it each time. */
export function everySoOften(keep: () => Promise<void>, everyMs = KEEP_MS): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < everyMs) return;
    last = performance.now();
    await keep();
  };
}
