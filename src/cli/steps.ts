import type { Progress, Steps } from "../engine/ground/progress";

/** Run an engine job to its end. */
export async function finish<T>(
  steps: Steps<T>,
  onProgress?: (progress: Progress) => void,
): Promise<T> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    onProgress?.(step.value);
  }
}
