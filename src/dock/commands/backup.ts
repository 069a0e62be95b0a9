import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { AppError } from "../../contracts/outcome";
import { makeBackup } from "../backup/make-backup";
import { everySoOften } from "../jobs/every-so-often";
import type { StorageParts } from "../storage/open-parts";
import { type DockCommand, pathOf, type Terminal, usageError, withDock } from "./command";

const usage = `berth dock backup DIR [--keep N] [--json]

Copies the dock into a folder of backups, while it serves: a file of what the database says at one moment (accounts,
with hashes of passwords and tokens; submissions; islands; learnwares; counts of uses), and the zips and books that it
names, each once for all backups. Who is logged in, and uploads on their way, are not in it. What broke off leaves no
file; "berth dock restore --from DIR" makes a dock of it again, on either kind of database. The exit code is 1 if a
zip or book is missing or damaged; the others are in the backup then.

  --keep N   remove all but the newest N backups, and what they alone needed
  --json     tell it as JSON`;

/** Until a backup whose maker has died holds off the deletion of zips no longer. */
const LEASE_MS = 60_000;
/** Blobs from one report of progress to the next. */
const TOLD_EVERY = 100;

export const backup: DockCommand = {
  about: "copy the dock into a folder of backups, while it serves",
  usage,
  run: async (args, context) => {
    const { settings, terminal } = context;
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { keep: { type: "string" }, json: { type: "boolean", default: false } },
    });
    const [named] = positionals;
    if (named === undefined || positionals.length > 1) throw usageError(usage);
    const kept = values.keep === undefined ? undefined : Number(values.keep);
    if (kept !== undefined && !(Number.isSafeInteger(kept) && kept > 0)) {
      throw new AppError("bad_input", "--keep is a whole number from 1");
    }
    const folder = resolve(pathOf(context, named));
    if (folder === resolve(settings.dataDirectory)) {
      throw new AppError("bad_input", "the dock keeps its own data there; name another folder");
    }
    const report = await withDock(context, (parts) => make(parts, folder, kept, terminal));
    for (const problem of report.problems) terminal.err(problem);
    if (values.json) terminal.out(JSON.stringify(report));
    else {
      const { path, records, blobs, copied, copiedBytes, removed } = report;
      terminal.out(
        `${path}: ${records} records, ${blobs} zips and books, of which ${copied} are new ` +
          `(${(copiedBytes / 1e6).toFixed(1)} MB); ${removed} older backups removed`,
      );
    }
    if (report.problems.length > 0) terminal.fail();
  },
};

async function make(
  { database, blobs, jobs }: StorageParts,
  folder: string,
  kept: number | undefined,
  { signal, err }: Terminal,
) {
  const job = await jobs.begin("backup", "by hand", LEASE_MS);
  const extend = everySoOften(async () => {
    if (await jobs.extend(job, LEASE_MS)) return;
    throw new AppError("aborted", "the backup was held up for too long: begin it again");
  });
  try {
    return await makeBackup({ database, blobs }, folder, {
      kept,
      keep: async () => {
        signal.throwIfAborted();
        await extend();
      },
      onProgress: ({ done, total }) => {
        if (done % TOLD_EVERY === 0 || done === total) err(`[${done}/${total}] zips and books`);
      },
    });
  } finally {
    await jobs.finish(job);
  }
}
