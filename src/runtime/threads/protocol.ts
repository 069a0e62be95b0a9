/** @file What crosses a port: comlink carries both ends' calls over the same one, so progress never overtakes an answer. */

import type { Outcome } from "../../contracts/outcome";
import type { Progress } from "../../engine/ground/progress";

/** The end that answers. */
export interface Answerer {
  run(id: number, name: string, args: readonly unknown[]): Promise<Outcome<unknown>>;
  cancel(id: number): void;
}

/** The end that asks. */
export interface Asker {
  /** Progress of a call, or, if null, that it is being worked on. */
  report(id: number, progress: Progress | null): void;
}

type Arguments<Work> = Work extends (...args: infer Args) => unknown ? Args : never;

/** What goes with a call of a thread. */
export type ArgumentsOf<Api, Name extends keyof Api> = Arguments<Api[Name]>;

/** What comes back. */
export type AnswerOf<Api, Name extends keyof Api> = Api[Name] extends (
  ...args: never[]
) => infer Answer
  ? Answer
  : never;
