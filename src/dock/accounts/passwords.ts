import { hash, verify } from "@node-rs/argon2";

import { WorkQueue } from "../http/work-queue";
import { makeSecret } from "./secrets";

/** Argon2id as OWASP asks for it at least: 19 MiB, in 0.05 s of one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashes made at once, in threads of the runtime's own; the others wait, so that logins never take the machine. */
const RUNNING = 2;
const WAITING = 100;

/** Makes and compares hashes of passwords. */
export class Passwords {
  readonly #queue = new WorkQueue({ running: RUNNING, waiting: WAITING });
  /** Of a password that nobody has. */
  readonly #nobodys = this.hash(makeSecret());

  /** @throws AppError `dock_busy` if too many wait. */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(plain(password), cost));
  }

  /**
   * Takes as long for an account that is not there.
   *
   * @param kept - Null for no account.
   */
  isRight(kept: string | null, password: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const isRight = await verify(kept ?? (await this.#nobodys), plain(password));
      return isRight && kept !== null;
    });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.#queue.enter(new AbortController().signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

/** The same password, however a keyboard composes its letters. */
function plain(password: string): string {
  return password.normalize("NFKC");
}
