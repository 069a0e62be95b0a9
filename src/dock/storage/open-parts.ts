import { mkdir } from "node:fs/promises";

import { SqlAccounts } from "../accounts/sql-accounts";
import { SqlOverview } from "../accounts/sql-overview";
import { Describer } from "./describer";
import { Intake } from "../intake/intake";
import { IslandOrder } from "../intake/island-order";
import { ModelRunner } from "../intake/model-runner";
import { JobQueue } from "../jobs/job-queue";
import { openEmbedded } from "./open-embedded";
import { type DatabaseOptions, openDatabase } from "./open-database";
import type { RebuildEvent } from "./records/reindex";
import type { BlobStore } from "./blobs/blob-store";
import { lockDirectory } from "./disk/directory-lock";
import type { Database } from "./database/database";
import type { LearnwareStore } from "./learnware-store";
import { openBlobs } from "./blobs/open-blobs";
import type { S3Credentials } from "./blobs/s3/s3-client";
import { SqlRecords } from "./sql/sql-records";
import { SqlStore } from "./sql/sql-store";
import { Submissions } from "./submissions/submissions";
import { Uploads } from "./uploads/uploads";

export interface StorageOptions extends DatabaseOptions {
  /** Where zips lie, as `openBlobs` reads it; in the data directory unless told. */
  readonly blobs?: string | undefined;
  readonly s3Credentials?: S3Credentials | undefined;
  /** Build the embedded database anew from its records and zips. */
  readonly rebuild?: boolean;
  /** Told of such a build, which an embedded database may also need by itself. */
  readonly onRebuild?: (event: RebuildEvent) => void;
}

/** What a dock works with, whoever asks it: the server or a command. */
export interface StorageParts {
  readonly store: LearnwareStore;
  readonly blobs: BlobStore;
  readonly jobs: JobQueue;
  readonly describer: Describer;
  readonly intake: Intake;
  /** Runs models of learnwares: the intake's before it lets one in, and whoever compares them. */
  readonly models: ModelRunner;
  /** What the database says of learnwares, removed ones included. */
  readonly accounts: SqlAccounts;
  readonly overview: SqlOverview;
  readonly islands: IslandOrder;
  readonly database: Database;
  readonly records: Pick<SqlRecords, "find" | "page" | "idsOfPackage">;
  readonly uploads: Uploads;
  readonly submissions: Submissions;
  close(): Promise<void>;
}

/** Changes of an island that come together are looked at once. */
const SETTLING_MS = 10_000;
/** A chart waits so much longer for each learnware, which takes less than a tenth of that to be drawn. */
const REDRAWING_MS = 3;

/**
 * Open the database and the blobs that the options name; all of it or nothing.
 *
 * @throws Error with `code` "EBUSY" if another process has the data directory; AppError
 *   `network_failed` if a server cannot be reached, `bad_parameter` if the options cannot be used.
 */
export async function openParts(options: StorageOptions): Promise<StorageParts> {
  const { dataDirectory, databaseUrl, rebuild = false, onRebuild = () => undefined } = options;
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    if (holdsDirectory(options)) {
      await mkdir(dataDirectory, { recursive: true });
      undo.push(await lockDirectory(dataDirectory));
    }
    const blobs = await openBlobs(options.blobs, dataDirectory, options.s3Credentials);
    const describer = await Describer.create(blobs);
    const opened = databaseUrl
      ? await openServed(options, blobs)
      : await openEmbedded({ dataDirectory, blobs, describer, rebuild, onRebuild });
    undo.push(() => opened.close());
    const { store, database, accounts, submissions, uploads } = opened;
    const jobs = new JobQueue(database);
    const onChange = async (islandId: string) => {
      const island = await store.findIsland(islandId);
      if (island) await jobs.ask("re-estimate", island.space.id, SETTLING_MS);
      await jobs.ask("mark-redundant", islandId, SETTLING_MS);
      const drawing = REDRAWING_MS * (island?.learnwareCount ?? 0);
      await jobs.ask("draw-chart", "dock", SETTLING_MS + drawing);
    };
    const models = new ModelRunner();
    undo.push(() => models.close());
    const intake = new Intake({ store, blobs, describer, models, onChange });
    const records = new SqlRecords(database);
    const shelf = { store, blobs, jobs, describer, intake, models, records };
    const islands = new IslandOrder({ store, onChange });
    const overview = new SqlOverview(database);
    return { ...shelf, accounts, overview, islands, database, uploads, submissions, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether something lies in the data directory that one process alone may have open. */
export function holdsDirectory({ databaseUrl, blobs }: StorageOptions): boolean {
  return !databaseUrl || !blobs?.startsWith("s3:");
}

async function openServed(options: DatabaseOptions, blobs: BlobStore) {
  const database = await openDatabase(options);
  try {
    const store = await SqlStore.open(database);
    return {
      ...{ database, store },
      accounts: new SqlAccounts(database),
      submissions: new Submissions(database),
      uploads: new Uploads({ database, blobs }),
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
