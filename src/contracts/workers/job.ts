import type { Progress } from "../../engine/ground/progress";

/**
 * The last arguments of a call to a worker that can be watched and stopped. The client makes the
 * id; `onProgress` is a comlink proxy, which must be an argument of its own to cross the port.
 */
export type Job = [id: number, onProgress: (progress: Progress) => void];

/** Every worker has it: stops a running job, whose call then answers `aborted`. */
export interface JobHost {
  cancel(jobId: number): void;
}
