import { finish } from "../../engine/ground/finish";
import type { Steps } from "../../engine/ground/progress";
import { nextTask } from "./next-task";
import { type Job, stopIfAborted } from "./serve";

/** Work between two breaths. */
const BREATH_MS = 30;

/** Run an engine job to its end, reporting progress and stopping between steps when cancelled. */
export function drive<T>(
  steps: Steps<T>,
  { signal, report }: Pick<Job, "signal" | "report">,
): Promise<T> {
  let lastBreath = performance.now();
  return finish(steps, async (progress) => {
    if (performance.now() - lastBreath < BREATH_MS) return;
    report(progress);
    await nextTask();
    lastBreath = performance.now();
    stopIfAborted(signal);
  });
}
