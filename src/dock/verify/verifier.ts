import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { LearnwareEdit } from "../../contracts/http/my-api";
import { AppError } from "../../contracts/outcome";
import type { Space } from "../../engine/kinds/space";
import { type Check, CHECKS, type Finding } from "../../engine/verify/check";
import type { PackageParts } from "../../engine/verify/read-package";
import { startApart, memoryOf } from "./apart";
import { EDITED, FromProcess, PARTS, type VerifyJob, ZIP } from "./messages";
import { partsFrom } from "./parts-file";

export interface VerifierLimits {
  /** For everything, the start of the process included. */
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

const usual: VerifierLimits = { timeoutMs: 180_000, memoryBytes: 1536 * 1024 * 1024 };
/** From one look at what it takes to the next. */
const WATCH_MS = 250;
/** Of all that the process says. */
const MOST_SAID = 1024 * 1024;
/** What a zip tells, as JSON: a specification has at most half of it. */
const MOST_PARTS = 64 * 1024 * 1024;

export interface VerifyRequest {
  readonly zip: AsyncIterable<Uint8Array>;
  readonly edit: LearnwareEdit | null;
  findSpace(id: string, version: number): Promise<Space | null>;
  /** Told of each check as it is made. */
  onCheck(check: Check): Promise<void>;
  /** Awaited now and then; ends it by throwing. */
  keep(): Promise<void>;
  /** Takes the zip that an edit made, if nothing refused it. */
  onEdited(zip: AsyncIterable<Uint8Array>): Promise<void>;
}

/** Verifies zips of anybody's, each in a process of its own that is ended when it takes too long or too much. */
export class Verifier {
  readonly #limits: VerifierLimits;

  constructor(limits: VerifierLimits = usual) {
    this.#limits = limits;
  }

  /**
   * @returns What the zip tells; null if it is refused, of which `onCheck` was told.
   * @throws AppError `internal` if the process could not do its work, for no fault of the zip; what `keep` threw.
   */
  async verify(request: VerifyRequest): Promise<PackageParts | null> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "berth-verify-")));
    try {
      await writeFile(join(folder, ZIP), request.zip);
      const parts = await this.#run(folder, request);
      if (parts && request.edit) {
        await request.onEdited(createReadStream(join(folder, EDITED)));
      }
      return parts;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #run(folder: string, request: VerifyRequest): Promise<PackageParts | null> {
    const child = await startApart(folder);
    const { stdin, stdout } = child;
    if (!stdin || !stdout) throw failed("it has no pipes");
    const end = once(child, "close");
    end.catch(() => undefined); // Told below.
    stdin.on("error", () => undefined); // It has ended; its end tells.
    const send = (message: object) => stdin.write(`${JSON.stringify(message)}\n`);
    const job: VerifyJob = { zip: join(folder, ZIP), edit: request.edit };
    send(job);

    const made: Check[] = [];
    const report = async (check: Check) => {
      made.push(check);
      await request.onCheck(check);
    };
    const guard = new Guard(child, this.#limits, () => request.keep());
    try {
      let isReady = false;
      let over: boolean | null = null;
      for await (const message of messagesOf(stdout, () => guard.end(tooMuch("output")))) {
        if ("ready" in message) isReady = true;
        else if ("check" in message) await report(asCheck(message.check));
        else if ("over" in message) over = message.over;
        else send({ space: await request.findSpace(message.space.id, message.space.version) });
      }
      await end;
      guard.throwIfStopped();
      if (over === true) return partsFrom(await readParts(folder));
      if (over === false) return null;
      const isItsFault = isReady && (guard.why !== null || child.signalCode !== "SIGKILL");
      if (!isItsFault) throw failed(`it ended with ${child.exitCode ?? child.signalCode}`);
      const found = guard.why ?? broken(child.exitCode ?? child.signalCode);
      await report({ ...found, id: nextAfter(made), details: {}, seconds: guard.seconds });
      return null;
    } finally {
      guard.leave();
    }
  }
}

/** Watches a process, and ends it when it takes too long or too much. */
class Guard {
  /** What it took too much of. */
  why: Found | null = null;
  #stopped: Error | null = null;
  #isLooking = false;
  readonly #child: ChildProcess;
  readonly #limits: VerifierLimits;
  readonly #keep: () => Promise<void>;
  readonly #started = performance.now();
  readonly #watch = setInterval(() => void this.#look(), WATCH_MS);

  constructor(child: ChildProcess, limits: VerifierLimits, keep: () => Promise<void>) {
    this.#child = child;
    this.#limits = limits;
    this.#keep = keep;
  }

  get seconds(): number {
    return Number(((performance.now() - this.#started) / 1000).toFixed(3));
  }

  end(why: Found): void {
    this.why ??= why;
    this.#child.kill("SIGKILL");
  }

  throwIfStopped(): void {
    if (this.#stopped) throw this.#stopped;
  }

  /** Whatever still runs of it is ended. */
  leave(): void {
    clearInterval(this.#watch);
    this.#child.kill("SIGKILL");
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { timeoutMs, memoryBytes } = this.#limits;
      if (1000 * this.seconds > timeoutMs) this.end(tooMuch("time"));
      const memory = await memoryOf(this.#child.pid ?? 0);
      if (memory !== null && memory > memoryBytes) this.end(tooMuch("memory"));
      await this.#keep();
    } catch (error) {
      this.#stopped = error instanceof Error ? error : failed("it was stopped");
      this.#child.kill("SIGKILL");
    } finally {
      this.#isLooking = false;
    }
  }
}

type Found = Pick<Check, "state" | "code" | "message">;

function tooMuch(what: "time" | "memory" | "output"): Found {
  return { state: "refused", code: "breaks", message: `looking at it takes too much ${what}` };
}

function broken(how: number | string | null): Found {
  const message = `looking at it broke the process that did (${how})`;
  return { state: "refused", code: "breaks", message };
}

function failed(why: string): AppError {
  return new AppError("internal", `the process that verifies could not do its work: ${why}`);
}

/** The check that was being made. */
function nextAfter(made: readonly Check[]): Check["id"] {
  const last = made.at(-1);
  const at = last ? CHECKS.indexOf(last.id) + 1 : 0;
  return CHECKS[Math.min(at, CHECKS.length - 1)]!;
}

function asCheck(check: Omit<Check, "code"> & { readonly code: string }): Check {
  const { code } = check;
  const isFinding = (one: string): one is Finding => /^[a-z_]{1,40}$/.test(one);
  return { ...check, code: isFinding(code) ? code : "fine" };
}

async function* messagesOf(
  stdout: AsyncIterable<Buffer>,
  onTooMuch: () => void,
): AsyncGenerator<FromProcess, void, undefined> {
  let said = 0;
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of stdout) {
    said += chunk.length;
    if (said > MOST_SAID) {
      onTooMuch();
      return;
    }
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield FromProcess.parse(JSON.parse(line));
  }
}

async function readParts(folder: string): Promise<string> {
  const path = join(folder, PARTS);
  if ((await stat(path)).size > MOST_PARTS) throw failed("what the zip tells is too long");
  return readFile(path, "utf8");
}
