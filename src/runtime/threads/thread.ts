import { type Endpoint, expose, releaseProxy, type Remote, transfer, wrap } from "comlink";

import { AppError, type ErrorCode, failure, type Outcome, unwrap } from "../../contracts/outcome";
import type { Call } from "../../contracts/workers/call";
import type { Progress } from "../../engine/ground/progress";
import type { Answerer, AnswerOf, ArgumentsOf, Asker } from "./protocol";

/** A thread that was started, or the far end of a channel: browsers and Node have different ones. */
export interface Started {
  readonly port: Endpoint;
  /** Told once it cannot start, throws what nobody catches, or ends. */
  onEnd(listener: (reason: AppError) => void): void;
  end(): unknown;
}

/** What keeps a call from waiting for ever. */
export interface Guards {
  /** Told once it is over with the thread, for whatever reason. */
  readonly onEnd?: (reason: AppError) => void;
  /** Longest time for an answer; after it the thread is ended. Without it there is no limit. */
  readonly timeoutMs?: number;
  /** Longest time without progress or an answer, as far as the asker had time to listen; then the thread is ended. */
  readonly silenceMs?: number;
  /** Longest time until the first sign of life; then the thread is ended. */
  readonly startMs?: number;
  /** Longest time until a call that was cancelled stops; then the thread is ended. */
  readonly cancelMs?: number;
}

export interface ThreadCall extends Call, Pick<Guards, "timeoutMs"> {
  /** Buffers and ports among the arguments that are given away. */
  readonly moved?: Parameters<typeof transfer>[1];
}

export interface Caller<Api> {
  /**
   * @throws AppError with the thread's code; `aborted` when the signal fires or the thread is ended;
   *   `worker_died` if it dies or cannot be started; `timed_out` when it takes too long.
   */
  call<Name extends keyof Api & string>(
    name: Name,
    args: ArgumentsOf<Api, Name>,
    how?: ThreadCall,
  ): Promise<AnswerOf<Api, Name>>;
}

interface Waiting {
  readonly settle: (outcome: Outcome<unknown>) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** Times that a silent thread is looked at before it counts as dead. */
const LOOKS = 20;

/** The asking end of one thread that runs `serve`. Once it is dead, all its calls reject with the same reason. */
export class Thread<Api> implements Caller<Api> {
  readonly #started: Started;
  readonly #guards: Guards;
  readonly #answerer: Remote<Answerer>;
  readonly #waiting = new Map<number, Waiting>();
  #end: AppError | null = null;
  #last = 0;
  #watch: ReturnType<typeof setInterval> | undefined;
  #silence = 0;
  #starting: ReturnType<typeof setTimeout> | undefined;

  constructor(started: Started, guards: Guards = {}) {
    this.#started = started;
    this.#guards = guards;
    this.#answerer = wrap<Answerer>(started.port);
    const asker: Asker = { report: (id, progress) => this.#hear(id, progress) };
    expose(asker, started.port);
    started.onEnd((reason) => void this.#fail(reason));
    const { startMs } = guards;
    if (startMs !== undefined)
      this.#starting = this.#failAfter(startMs, "worker_died", "it did not start");
  }

  get isAlive(): boolean {
    return this.#end === null;
  }

  /** Calls that were not answered yet. */
  get load(): number {
    return this.#waiting.size;
  }

  async call<Name extends keyof Api & string>(
    name: Name,
    args: ArgumentsOf<Api, Name>,
    { signal, onProgress, moved = [], timeoutMs = this.#guards.timeoutMs }: ThreadCall = {},
  ): Promise<AnswerOf<Api, Name>> {
    if (this.#end) throw this.#end;
    if (signal?.aborted) throw new AppError("aborted", "cancelled before it began");
    const id = ++this.#last;
    const { cancelMs } = this.#guards;
    let stubborn: ReturnType<typeof setTimeout> | undefined;
    const cancel = () => {
      void this.#answerer.cancel(id);
      if (cancelMs !== undefined)
        stubborn = this.#failAfter(cancelMs, "aborted", "it did not stop");
    };
    signal?.addEventListener("abort", cancel, { once: true });
    const timer =
      timeoutMs === undefined
        ? undefined
        : this.#failAfter(timeoutMs, "timed_out", `no answer within ${timeoutMs} ms`);
    this.#listen();
    try {
      const outcome = await new Promise<Outcome<unknown>>((settle) => {
        this.#waiting.set(id, { settle, onProgress });
        this.#answerer
          .run(id, name, transfer([...args], moved))
          .then(settle, (error: unknown) => settle(failure(error)));
      });
      return unwrap(outcome) as AnswerOf<Api, Name>; // What its server answers, by the types of `serve`.
    } finally {
      this.#waiting.delete(id);
      clearTimeout(timer);
      clearTimeout(stubborn);
      signal?.removeEventListener("abort", cancel);
      if (this.#waiting.size === 0) this.#hush();
    }
  }

  /** End it: calls that wait are cancelled, unless they are told another reason. */
  async end(reason = new AppError("aborted", "the thread was ended")): Promise<void> {
    await this.#fail(reason);
  }

  #hear(id: number, progress: Progress | null): void {
    this.#silence = 0;
    clearTimeout(this.#starting);
    if (progress) this.#waiting.get(id)?.onProgress?.(progress);
  }

  /** Count looks, not milliseconds: while the asker itself is held up, it hears nothing. */
  #listen(): void {
    this.#silence = 0;
    const { silenceMs } = this.#guards;
    if (silenceMs === undefined || this.#watch !== undefined) return;
    this.#watch = setInterval(() => {
      if (++this.#silence > LOOKS) void this.#fail(new AppError("worker_died", "it fell silent"));
    }, silenceMs / LOOKS);
  }

  #hush(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  #failAfter(ms: number, code: ErrorCode, message: string): ReturnType<typeof setTimeout> {
    return setTimeout(() => void this.#fail(new AppError(code, message)), ms);
  }

  async #fail(reason: AppError): Promise<void> {
    if (this.#end) return;
    this.#end = reason;
    clearTimeout(this.#starting);
    for (const { settle } of this.#waiting.values()) settle(failure(reason));
    this.#guards.onEnd?.(reason);
    this.#answerer[releaseProxy]();
    await this.#started.end();
  }
}
