import type { Progress, Steps } from "./progress";

/**
 * Run an engine job to its end.
 *
 * @param between - Awaited between two steps; may throw, which stops the job.
 */
export async function finish<T>(
  steps: Steps<T>,
  between?: (progress: Progress) => unknown,
): Promise<T> {
  try {
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
      await between?.(step.value);
    }
  } finally {
    await steps.return(undefined as never); // Stopped half way, it may have to let go of something.
  }
}
