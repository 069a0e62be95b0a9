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
