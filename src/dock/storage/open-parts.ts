import { mkdir } from "node:fs/promises";

import { Describer } from "./describer";
import { Intake } from "../intake/intake";
import { JobQueue } from "../jobs/job-queue";
import { openEmbedded } from "./open-embedded";
import { openServed, type ServedOptions } from "./open-served";
import type { RebuildEvent } from "./records/reindex";
import type { BlobStore } from "./blobs/blob-store";
import type { Database } from "./database/database";
import { lockDirectory } from "./disk/directory-lock";
import type { LearnwareStore } from "./learnware-store";
import { openBlobs } from "./blobs/open-blobs";
import type { S3Credentials } from "./blobs/s3/s3-client";
import { SqlRecords } from "./sql/sql-records";

export interface StorageOptions extends ServedOptions {
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
  /** What the databases say of learnwares, removed ones included. */
  readonly records: Pick<SqlRecords, "find">;
  /** Has an island that is to come live on a shard; null where there are none. */
  readonly placeIsland: ((islandId: string, shard: string) => Promise<void>) | null;
  close(): Promise<void>;
}

/** Changes of an island that come together are looked at once. */
const SETTLING_MS = 10_000;

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
    if (!databaseUrl || !options.blobs?.startsWith("s3:")) {
      await mkdir(dataDirectory, { recursive: true });
      undo.push(await lockDirectory(dataDirectory));
    }
    const blobs = await openBlobs(options.blobs, dataDirectory, options.s3Credentials);
    const describer = await Describer.create();
    const opened = databaseUrl
      ? await openServed(options)
      : await openEmbedded({ dataDirectory, blobs, describer, rebuild, onRebuild }).then(alone);
    undo.push(() => opened.close());
    const { store, database, databases, placeIsland } = opened;
    const jobs = new JobQueue(database);
    const onChange = async (islandId: string) => {
      await jobs.ask("re-estimate", islandId, SETTLING_MS);
      await jobs.ask("mark-redundant", islandId, SETTLING_MS);
    };
    const intake = new Intake({ store, blobs, describer, onChange });
    const records = { find: (ids: readonly string[]) => findRecords(databases, ids) };
    return { store, blobs, jobs, describer, intake, records, placeIsland, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** An embedded database has no shards. */
function alone<T extends { readonly database: Database }>(opened: T) {
  return { ...opened, databases: [opened.database], placeIsland: null };
}

async function findRecords(databases: readonly Database[], ids: readonly string[]) {
  const found = await Promise.all(databases.map((one) => new SqlRecords(one).find(ids)));
  return found.flat();
}
