import { setTimeout } from "node:timers/promises";

import { AppError } from "../../src/contracts/outcome";
import { say } from "./child";
import type { Said } from "./ledger";

/** In a child: does one thing after the other, and tells the parent before and after each. */
export class Lane {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }

  /** @param act - Returns the islands that it brought to a version, if any. */
  async step(
    what: string,
    ids: readonly string[],
    sha256: string | null,
    act: () => Promise<Record<string, number> | undefined>,
  ): Promise<void> {
    const lane = this.number;
    tell({ said: "begin", lane, what, ids, sha256 });
    try {
      const islands = await act();
      tell({ said: "done", lane, ...(islands && { islands }) });
    } catch (error) {
      if (!isAway(error)) throw error;
      tell({ said: "doubt", lane });
      await setTimeout(20); // The server is starting again.
    }
  }
}

function tell(said: Said): void {
  say(said);
}

/** Runs a child until it is killed; a dock does not start without its database. */
export async function workUntilKilled(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAway(error)) tell({ said: "broken", problem: String(error) });
    process.exit();
  }
}

function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === "network_failed";
}
