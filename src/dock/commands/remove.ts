import { parseArgs } from "node:util";

import { AppError } from "../../contracts/outcome";
import { KEPT_FOR_MS } from "../jobs/collect";
import type { StorageParts } from "../storage/open-parts";
import { EngineError } from "../../engine/ground/errors";
import { type CommandContext, type DockCommand, usageError, withDock } from "./command";

const usage = `berth dock remove ID…

Nobody finds these learnwares any more. For 30 days "berth dock restore" brings them back; then they
and their zips are deleted for good.`;

export const remove: DockCommand = {
  about: "take learnwares out; for 30 days they can be brought back",
  usage,
  run: (args, context) => {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    return forEachId(positionals, usage, context, takeOut);
  },
};

/** @returns What to say of it. */
type Work = (parts: StorageParts, id: string) => Promise<string>;

async function takeOut({ intake }: StorageParts, id: string): Promise<string> {
  if (!(await intake.remove(id))) throw new AppError("not_found", "there is no such learnware");
  const lastDay = new Date(Date.now() + KEPT_FOR_MS).toISOString().slice(0, 10);
  return `removed; "berth dock restore ${id}" brings it back, until ${lastDay}`;
}

/** One that fails is reported, and the others go on. */
export async function forEachId(
  ids: readonly string[],
  usage: string,
  context: CommandContext,
  work: Work,
): Promise<void> {
  const { terminal } = context;
  if (ids.length === 0) throw usageError(usage);
  await withDock(context, async (parts) => {
    for (const id of ids) {
      try {
        terminal.out(`${id}: ${await work(parts, id)}`);
      } catch (error) {
        if (!(error instanceof AppError || error instanceof EngineError)) throw error;
        terminal.err(`${id}: ${error.message}`);
        terminal.fail();
      }
    }
  });
}
