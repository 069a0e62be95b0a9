import { AppError } from "../../contracts/outcome";
import type { AnswerOf, ArgumentsOf } from "./protocol";
import { type Caller, type Guards, type Started, Thread, type ThreadCall } from "./thread";

export interface Lasting<Api> extends Guards {
  /** Makes a fresh thread ready; calls wait for it. */
  readonly prepare?: (fresh: Caller<Api>) => Promise<unknown>;
  /** Whether the thread cannot be trusted after this failure, so that the next call gets a fresh one. */
  readonly isFatal?: (error: unknown) => boolean;
}

interface Held<Api> {
  readonly thread: Thread<Api>;
  readonly ready: Promise<unknown>;
}

/** A thread that starts with its first call, and anew with the next call after it died, failed for good or was ended. */
export class LastingThread<Api> implements Caller<Api> {
  readonly #spawn: () => Started;
  readonly #lasting: Lasting<Api>;
  #held: Held<Api> | null = null;

  constructor(spawn: () => Started, lasting: Lasting<Api> = {}) {
    this.#spawn = spawn;
    this.#lasting = lasting;
  }

  async call<Name extends keyof Api & string>(
    name: Name,
    args: ArgumentsOf<Api, Name>,
    how?: ThreadCall,
  ): Promise<AnswerOf<Api, Name>> {
    const held = this.#start();
    let isReady = false;
    try {
      await held.ready;
      isReady = true;
      return await held.thread.call(name, args, how);
    } catch (error) {
      const isOver = !isReady || this.#lasting.isFatal?.(error) === true;
      if (isOver && this.#held === held) await this.end();
      throw error;
    }
  }

  /** End it, which gives its memory back: calls that wait are cancelled, unless they are told another reason. */
  async end(reason?: AppError): Promise<void> {
    const held = this.#held;
    this.#held = null;
    await held?.thread.end(reason);
  }

  #start(): Held<Api> {
    if (this.#held?.thread.isAlive) return this.#held;
    const thread = new Thread<Api>(this.#started(), this.#lasting);
    const ready = Promise.resolve(this.#lasting.prepare?.(thread));
    ready.catch(() => undefined); // Reported by each call.
    this.#held = { thread, ready };
    return this.#held;
  }

  #started(): Started {
    try {
      return this.#spawn();
    } catch (cause) {
      throw new AppError("worker_died", "threads cannot be started here", {}, { cause });
    }
  }
}
