import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { AppError } from "../../contracts/outcome";
import { BackupFile } from "../backup/backup-file";
import { backupsIn } from "../backup/backup-folder";
import { restoreBackup } from "../backup/restore-backup";
import { readAll } from "../storage/blobs/read-all";
import type { StorageParts } from "../storage/open-parts";
import {
  type CommandContext,
  type DockCommand,
  explained,
  pathOf,
  tellRebuild,
  usageError,
} from "./command";
import { forEachId } from "./remove";

const usage = `berth dock restore ID…
berth dock restore --from DIR|FILE

Brings back learnwares that were removed less than 30 days ago, from their zips.

With --from it makes a whole dock of a backup, in the data folder and database that the settings name, where there is no
dock yet: of the newest backup in DIR, or of FILE. Everybody has to log in again. Tokens stay good.`;

export const restore: DockCommand = {
  about: "bring back learnwares that were removed, or a whole dock from a backup",
  usage,
  run: async (args, context) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { from: { type: "string" } },
    });
    if (values.from === undefined) return forEachId(positionals, usage, context, bringBack);
    if (positionals.length > 0) throw usageError(usage);
    return bringDock(pathOf(context, values.from), context);
  },
};

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

async function bringDock(place: string, context: CommandContext): Promise<void> {
  const { settings, terminal, running } = context;
  if (running) {
    throw new AppError(
      "bad_input",
      `a dock runs in ${settings.dataDirectory}: restore into an empty place, which BERTH_DATA names`,
    );
  }
  const backup = await BackupFile.open(await fileOf(place));
  terminal.err(`${backup.path}, of ${backup.at.toISOString()}, with ${backup.records} records`);
  const { learnwares, problems } = await explained(settings, () =>
    restoreBackup(settings, backup, {
      signal: terminal.signal,
      onProgress: ({ done, total }) => {
        if (done % 100 === 0 || done === total) terminal.err(`[${done}/${total}] zips and books`);
      },
      onRebuild: (event) => tellRebuild(event, terminal),
    }),
  );
  for (const problem of problems) terminal.err(problem);
  terminal.out(`the dock is restored: ${learnwares} learnwares`);
  if (problems.length > 0) terminal.fail();
}

async function fileOf(place: string): Promise<string> {
  const isFolder = (await stat(place).catch(() => null))?.isDirectory() ?? false;
  if (!isFolder) return resolve(place);
  const [newest] = await backupsIn(place);
  if (newest !== undefined) return resolve(newest);
  throw new AppError("not_found", `there is no backup in ${place}`);
}
