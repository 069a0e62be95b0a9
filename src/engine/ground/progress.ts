/** What a long job is doing, and how far it is. */
export interface Progress {
  readonly stage:
    | "read"
    | "encode"
    | "cluster"
    | "weigh"
    | "refine"
    | "check"
    | "match"
    | "predict"
    | "train"
    | "write"
    | "download";
  readonly done: number;
  readonly total: number;
}

/** A long engine job: yields progress, so that its caller can show it and stop it. */
export type Steps<T> = AsyncGenerator<Progress, T>;

/** A job as one step of a larger one: where it stands is told as `progress`, whatever it says itself. */
export async function* asOneStep<T>(steps: Steps<T>, progress: Progress): Steps<T> {
  try {
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
      yield progress;
    }
  } finally {
    await steps.return(undefined as never);
  }
}
