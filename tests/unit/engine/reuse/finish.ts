import type { Steps } from "../../../../src/engine/ground/progress";
import type { ReuseTask, Reused, Reuser } from "../../../../src/engine/reuse/reuser";
import type { RowBlock } from "../../../../src/engine/reuse/rows/row-block";

/** Run a job to its end. */
export async function finish<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

/** Fit a reuser and ask it about a block. */
export async function reuse(reuser: Reuser, task: ReuseTask, block: RowBlock): Promise<Reused> {
  return (await finish(reuser.fit(task))).predict(block);
}
