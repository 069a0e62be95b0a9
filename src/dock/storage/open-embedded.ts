import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { SqlAccounts } from "../accounts/sql-accounts";
import { AppError } from "../../contracts/outcome";
import type { Describer } from "./describer";
import { embeddedIn, openDatabase } from "./open-database";
import { RecordingStore } from "./records/recording-store";
import { type RebuildEvent, reindex } from "./records/reindex";
import type { BlobStore } from "./blobs/blob-store";
import type { Database } from "./database/database";
import { renameDurably, syncTree } from "./disk/durable-file";
import { noteClosed, noteOpen, readLastEnd } from "./disk/last-end";
import type { LearnwareStore } from "./learnware-store";
import { PgliteDatabase } from "./database/pglite/pglite-database";
import { RecordFiles } from "./records/record-files";
import { searchSettings } from "./sql/sql-search";
import { SqlRecords } from "./sql/sql-records";
import { SqlStore } from "./sql/sql-store";
import { Submissions } from "./submissions/submissions";
import { Uploads } from "./uploads/uploads";

interface EmbeddedParts {
  /** Held for this process alone. */
  readonly dataDirectory: string;
  readonly blobs: BlobStore;
  readonly describer: Describer;
  /** Build the database anew, even if there is one. */
  readonly rebuild: boolean;
  readonly onRebuild: (event: RebuildEvent) => void;
}

interface Embedded {
  readonly store: LearnwareStore;
  readonly database: Database;
  readonly accounts: SqlAccounts;
  readonly submissions: Submissions;
  readonly uploads: Uploads;
  close(): Promise<void>;
}

/**
 * Open the database in the data directory, and keep records beside it. It is built from them if it
 * is not there, or if the machine went down while it was open: it does not wait for the disk.
 */
export async function openEmbedded(parts: EmbeddedParts): Promise<Embedded> {
  const { dataDirectory, rebuild } = parts;
  const note = join(dataDirectory, "records", "last-end");
  const directory = embeddedIn(dataDirectory);
  const records = await RecordFiles.open(join(dataDirectory, "records"));
  const end = await readLastEnd(note);
  const isThere = existsSync(join(directory, "PG_VERSION")); // An empty folder is no database.
  if (rebuild && isThere && end === "unknown") {
    throw new AppError("bad_input", `${dataDirectory} has no records yet: start the dock once`);
  }
  const isBuilt = rebuild || !isThere || end === "machine_down";
  if (isBuilt) await build(directory, records, parts);
  const areComplete = isBuilt || (end === "closed" && records.hadAllKinds);
  if (areComplete) await noteOpen(note);
  const database = await open(dataDirectory);
  try {
    const sql = await SqlStore.open(database);
    const store = new RecordingStore({ store: sql, source: new SqlRecords(database), records });
    const accounts = new SqlAccounts(database, records.keeper("accounts"));
    const submissions = new Submissions(database, records.keeper("submissions"));
    const uploads = new Uploads({ database, blobs: parts.blobs, keep: records.keeper("uploads") });
    if (!areComplete) {
      await store.recordAll();
      for (const kept of [accounts, submissions, uploads]) await kept.recordAll();
      await noteOpen(note);
    }
    const close = async () => {
      await database.close();
      await syncTree(directory);
      await noteClosed(note);
    };
    return { store, database, accounts, submissions, uploads, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What is built is seen when it is complete; what was there before stays beside it as `db.old`. */
async function build(
  directory: string,
  records: RecordFiles,
  { blobs, describer, onRebuild }: EmbeddedParts,
): Promise<void> {
  const draft = `${directory}.new`;
  const old = `${directory}.old`;
  await rm(draft, { recursive: true, force: true });
  if (records.wereEmpty) {
    await PgliteDatabase.make(draft);
  } else {
    const database = await PgliteDatabase.open({
      directory: draft,
      sessionSettings: searchSettings,
    });
    await reindex(database, { records, blobs, describer, onEvent: onRebuild }).finally(() =>
      database.close(),
    );
  }
  await syncTree(draft);
  if (existsSync(directory)) {
    await rm(old, { recursive: true, force: true });
    await renameDurably(directory, old);
  }
  await renameDurably(draft, directory);
}

async function open(dataDirectory: string): Promise<Database> {
  try {
    return await openDatabase({ dataDirectory });
  } catch (cause) {
    throw new AppError(
      "internal",
      `the database in ${dataDirectory} cannot be opened; "berth dock reindex" builds it anew from the records and zips`,
      {},
      { cause },
    );
  }
}
