import { type Endpoint, expose, transfer, wrap } from "comlink";

import { AppError, failure, type Outcome } from "../../contracts/outcome";
import type { Progress } from "../../engine/ground/progress";
import type { Answerer, AnswerOf, ArgumentsOf, Asker } from "./protocol";

/** One call as the thread that answers it sees it. */
export interface Job {
  /** Fires when who asked gives up. */
  readonly signal: AbortSignal;
  /** Tell how far it is or, without progress, only that it is being worked on. */
  readonly report: (progress?: Progress) => void;
  /** Have the buffers of an answer moved instead of copied. They must belong to it alone. */
  readonly give: <Answer>(answer: Answer) => Answer;
}

/** What a thread does when it is asked: each function of its API gets its arguments, all of them, and the job. */
export type Served<Api> = {
  readonly [Name in keyof Api]: (
    ...asked: [...args: ArgumentsOf<Api, Name>, job: Job]
  ) => AnswerOf<Api, Name> | Promise<AnswerOf<Api, Name>>;
};

const here: unknown = globalThis;
/** Of the worker that this runs in: Node and pages, which have none, never use it. */
const hereAsPort = here as Endpoint;

/**
 * Answer the calls of a `Thread`. Failures travel as data, since comlink would drop their codes.
 * To be called before anything is awaited: browsers drop messages that nobody listens for.
 *
 * @param port - To the asker; of the worker that this runs in, if left out.
 */
export function serve<Api extends object>(api: Served<Api>, port = hereAsPort): void {
  const asker = wrap<Asker>(port);
  const running = new Map<number, AbortController>();
  const answerer: Answerer = {
    async run(id, name, args) {
      const stop = new AbortController();
      running.set(id, stop);
      const moved = new Set<ArrayBuffer>();
      const job: Job = {
        signal: stop.signal,
        report: (progress) => void asker.report(id, progress ?? null),
        give: (answer) => {
          for (const buffer of buffersOf(answer)) moved.add(buffer);
          return answer;
        },
      };
      try {
        const work = api[name as keyof Api] as (...asked: unknown[]) => unknown;
        const outcome: Outcome<unknown> = { ok: true, value: await work(...args, job) };
        return transfer(outcome, [...moved]);
      } catch (error) {
        return failure(error);
      } finally {
        running.delete(id);
      }
    },
    cancel: (id) => running.get(id)?.abort(),
  };
  expose(answerer, port);
  void asker.report(0, null); // It is up.
}

/** @throws AppError `aborted` once the job was cancelled. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("aborted", "cancelled");
}

function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(buffersOf);
}
