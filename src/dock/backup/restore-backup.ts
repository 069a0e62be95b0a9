import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { AppError } from "../../contracts/outcome";
import type { BlobStore } from "../storage/blobs/blob-store";
import { openBlobs } from "../storage/blobs/open-blobs";
import type { Database } from "../storage/database/database";
import { lockDirectory } from "../storage/disk/directory-lock";
import { makeDirectory, renameDurably } from "../storage/disk/durable-file";
import { openParts, type StorageOptions, type StorageParts } from "../storage/open-parts";
import { type ReadRecord, RecordFiles, type RecordKinds } from "../storage/records/record-files";
import { type RebuildEvent, reindex } from "../storage/records/reindex";
import { BACKUP_KINDS, type DayCount } from "./backup-format";
import type { BackupFile } from "./backup-file";
import { backupBlobs } from "./backup-folder";
import { copyBlob } from "./make-backup";

interface RestoreOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
  readonly onRebuild: (event: RebuildEvent) => void;
}

interface RestoreReport {
  readonly learnwares: number;
  readonly problems: readonly string[];
}

/** Until whoever began a restore counts as gone; nobody else is to go on with it. */
const LEASE_MS = 60_000;
const COUNTS_AT_ONCE = 1000;

/**
 * Makes a dock of what a backup says, where there is none: of an embedded one the records appear at once when all that they
 * name is there, and the database is built from them; a PostgreSQL server is filled, and no dock starts on it before it is.
 *
 * @throws AppError `bad_input` if there is something already.
 */
export async function restoreBackup(
  options: StorageOptions,
  backup: BackupFile,
  { signal, onProgress, onRebuild }: RestoreOptions,
): Promise<RestoreReport> {
  const problems: string[] = [];
  const from = await backupBlobs(dirname(backup.path));
  const bringBlobs = async (blobs: Pick<BlobStore, "has" | "put">) => {
    const wanted = await backup.blobs();
    let done = 0;
    for (const sha256 of wanted) {
      signal.throwIfAborted();
      if (!(await blobs.has(sha256))) {
        const copied = await copyBlob(from, blobs, sha256);
        if (typeof copied === "string") problems.push(copied);
      }
      onProgress({ done: ++done, total: wanted.size });
    }
  };
  if (options.databaseUrl === undefined) await bringFiles(options, backup, bringBlobs);
  const parts = await openParts({ ...options, onRebuild });
  try {
    if (options.databaseUrl !== undefined) await fill(parts, backup, bringBlobs, onRebuild);
    await bringUses(parts.database, backup);
    const { total } = await parts.store.list({}, { limit: 1, offset: 0 });
    return { learnwares: total, problems };
  } finally {
    await parts.close();
  }
}

/** Puts records and blobs into an empty data folder. */
async function bringFiles(
  { dataDirectory, blobs: setting, s3Credentials }: StorageOptions,
  backup: BackupFile,
  bringBlobs: (blobs: BlobStore) => Promise<void>,
): Promise<void> {
  await makeDirectory(dataDirectory);
  const unlock = await lockDirectory(dataDirectory);
  try {
    const place = join(dataDirectory, "records");
    if (existsSync(place) || existsSync(join(dataDirectory, "db"))) throw isThere(dataDirectory);
    await bringBlobs(await openBlobs(setting, dataDirectory, s3Credentials));
    const draft = `${place}.new`;
    await rm(draft, { recursive: true, force: true });
    const records = await RecordFiles.open(draft);
    for (const kind of BACKUP_KINDS) await bringRecords(kind, backup.readAll(kind), records);
    await renameDurably(draft, place);
  } finally {
    await unlock();
  }
}

async function bringRecords<Kind extends keyof RecordKinds>(
  kind: Kind,
  read: AsyncIterable<ReadRecord<RecordKinds[Kind]>>,
  records: RecordFiles,
): Promise<void> {
  for await (const each of read) {
    if (!each.ok) throw new AppError("damaged_file", `${each.file}: ${each.problem}`);
    await records.put(kind, each.value);
  }
}

/** Fills the database of a server, which is noted in it until it is done. */
async function fill(
  { database, blobs, describer, jobs }: StorageParts,
  backup: BackupFile,
  bringBlobs: (blobs: BlobStore) => Promise<void>,
  onEvent: (event: RebuildEvent) => void,
): Promise<void> {
  const [held] = await database.query<{ any: boolean }>(
    `select exists (select 1 from space) or exists (select 1 from learnware) or exists (select 1 from account)
       or exists (select 1 from submission) or exists (select 1 from job where kind = 'restore') as any`,
  );
  if (held?.any !== false) throw isThere("the database");
  const note = await jobs.begin("restore", "dock", LEASE_MS);
  await bringBlobs(blobs);
  await reindex(database, { records: backup, blobs, describer, onEvent });
  await jobs.finish(note);
}

async function bringUses(database: Database, backup: BackupFile): Promise<void> {
  let held: DayCount[] = [];
  const put = async () => {
    await database.query(
      `insert into use_count (day, kind, learnware_id, count)
       select r.day, r.kind, r."learnwareId", r.count
       from jsonb_to_recordset($1::jsonb) as r (day date, kind text, "learnwareId" text, count bigint)`,
      [JSON.stringify(held)],
    );
    held = [];
  };
  for await (const count of backup.uses()) {
    held.push(count);
    if (held.length === COUNTS_AT_ONCE) await put();
  }
  await put();
}

function isThere(place: string): AppError {
  return new AppError(
    "bad_input",
    `there is a dock in ${place} already, or a part of one: restore into an empty place`,
  );
}
