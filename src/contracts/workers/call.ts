import type { Progress } from "../../engine/ground/progress";

/** How a call that takes long is watched and stopped. */
export interface Call {
  /** Stops it: it then rejects with `aborted`. */
  readonly signal?: AbortSignal;
  /** Advisory: not all progress comes, and none after the call has settled. */
  readonly onProgress?: (progress: Progress) => void;
}
