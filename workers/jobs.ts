import type { Job, JobHost } from "../src/contracts/workers/job";
import { AppError, failure, type Outcome } from "../src/contracts/outcome";
import type { Progress, Steps } from "../src/engine/ground/progress";

export interface JobContext {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** The running jobs of one worker: starts them, stops them, and turns their failures into data. */
export class Jobs implements JobHost {
  readonly #running = new Map<number, AbortController>();

  cancel(jobId: number): void {
    this.#running.get(jobId)?.abort();
  }

  async run<T>([id, report]: Job, work: (context: JobContext) => Promise<T>): Promise<Outcome<T>> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const value = await work({ signal: controller.signal, report });
      return { ok: true, value };
    } catch (error) {
      return failure(error);
    } finally {
      this.#running.delete(id);
    }
  }
}

/** Let queued messages in, `cancel` among them: they are tasks, so a resolved promise would not do. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** @throws AppError `aborted` once the job was cancelled. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("aborted", "cancelled");
}

/** Run an engine job to its end, reporting progress and stopping between steps when cancelled. */
export async function drive<T>(steps: Steps<T>, { signal, report }: JobContext): Promise<T> {
  let lastBreath = performance.now();
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    if (performance.now() - lastBreath < 30) continue;
    report(step.value);
    await breathe();
    lastBreath = performance.now();
    if (signal.aborted) {
      await steps.return(undefined as never);
      stopIfAborted(signal);
    }
  }
}
