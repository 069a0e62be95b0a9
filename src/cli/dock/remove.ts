import { parseArgs } from "node:util";

import { AppError } from "../../contracts/outcome";
import { KEPT_FOR_MS } from "../../dock/jobs/collect";
import type { StorageParts } from "../../dock/storage/open-parts";
import type { DockSettings } from "../../dock/settings";
import { readAll } from "../../dock/storage/blobs/read-all";
import { EngineError } from "../../engine/ground/errors";
import { type DockCommand, usageError, withDock } from "./command";

const removeUsage = `berth dock remove ID…

Nobody finds these learnwares any more. For 30 days "berth dock restore" brings them back; then they
and their zips are deleted for good.`;

const restoreUsage = `berth dock restore ID…

Brings back learnwares that were removed less than 30 days ago, from their zips.`;

export const remove: DockCommand = {
  about: "take learnwares out; for 30 days they can be brought back",
  usage: removeUsage,
  run: (args, settings) => forEach(args, removeUsage, settings, takeOut),
};

export const restore: DockCommand = {
  about: "bring back learnwares that were removed",
  usage: restoreUsage,
  run: (args, settings) => forEach(args, restoreUsage, settings, bringBack),
};

/** @returns What to say of it. */
type Work = (parts: StorageParts, id: string) => Promise<string>;

async function takeOut({ intake }: StorageParts, id: string): Promise<string> {
  if (!(await intake.remove(id))) throw new AppError("not_found", "there is no such learnware");
  const lastDay = new Date(Date.now() + KEPT_FOR_MS).toISOString().slice(0, 10);
  return `removed; "berth dock restore ${id}" brings it back, until ${lastDay}`;
}

async function bringBack({ records, blobs, intake }: StorageParts, id: string): Promise<string> {
  const [record] = await records.find([id]);
  if (!record) throw new AppError("not_found", "there was no such learnware in the last 30 days");
  if (record.deletedAt === null) return "is here; there is nothing to restore";
  const blob = await blobs.open(record.versions.at(-1)!.sha256);
  const zip = blob && (await readAll(blob.stream));
  if (!zip) throw new AppError("not_found", "its zip is gone");
  await intake.take(id, zip, record.origin, record.islandId);
  return "restored";
}

/** One that fails is reported, and the others go on. */
async function forEach(
  args: string[],
  usage: string,
  settings: DockSettings,
  work: Work,
): Promise<void> {
  const { positionals: ids } = parseArgs({ args, allowPositionals: true });
  if (ids.length === 0) throw usageError(usage);
  await withDock(settings, async (parts) => {
    for (const id of ids) {
      try {
        console.log(`${id}: ${await work(parts, id)}`);
      } catch (error) {
        if (!(error instanceof AppError || error instanceof EngineError)) throw error;
        console.error(`${id}: ${error.message}`);
        process.exitCode = 1;
      }
    }
  });
}
