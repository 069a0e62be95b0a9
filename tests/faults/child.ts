/** @file A process that works for a test until it is killed, and what the two say to each other. */

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** One of the scripts of this folder, run by itself. It waits until it is told what to do. */
export class Child<Said extends object> {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #over: Promise<unknown>;

  /** @param heard - Is given every line that it says, as it was before it became JSON. */
  constructor(script: string, heard: (said: Said) => void) {
    const path = fileURLToPath(new URL(script, import.meta.url));
    this.#process = spawn(process.execPath, ["--import", "tsx", path], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#process.stdin.on("error", () => undefined); // It was killed.
    const lines = createInterface(this.#process.stdout);
    lines.on("line", (line) => {
      if (line.endsWith("}")) heard(JSON.parse(line) as Said); // Otherwise it was killed meanwhile.
    });
    this.#over = Promise.all([once(this.#process, "exit"), once(lines, "close")]);
  }

  tell(order: object): void {
    this.#process.stdin.write(`${JSON.stringify(order)}\n`);
  }

  /** Resolves when it has ended and everything that it said was heard. */
  async ended(): Promise<number | null> {
    await this.#over;
    return this.#process.exitCode;
  }

  /** With no chance to tidy up. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#over;
  }
}

/** In the child: what it is told to do. When the parent is gone, it goes too. */
export async function order<T>(): Promise<T> {
  const lines = createInterface(process.stdin);
  lines.on("close", () => process.exit());
  const [line] = (await once(lines, "line")) as [string];
  return JSON.parse(line) as T;
}

/** In the child: is with the parent when it returns, whatever happens next. */
export function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
