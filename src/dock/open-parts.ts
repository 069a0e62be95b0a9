import { Describer } from "./describer";
import { Intake } from "./intake";
import { JobQueue } from "./jobs/job-queue";
import { type DatabaseOptions, openDatabase } from "./open-database";
import type { BlobStore } from "./store/blob-store";
import type { LearnwareStore } from "./store/learnware-store";
import { openBlobs } from "./store/open-blobs";
import type { S3Credentials } from "./store/s3-client";
import { SqlStore } from "./store/sql-store";

export interface StorageOptions extends DatabaseOptions {
  /** Where zips lie, as `openBlobs` reads it; in the data directory unless told. */
  readonly blobs?: string | undefined;
  readonly s3Credentials?: S3Credentials | undefined;
}

/** What a dock works with, whoever asks it: the server or a command. */
export interface StorageParts {
  readonly store: LearnwareStore;
  readonly blobs: BlobStore;
  readonly jobs: JobQueue;
  readonly describer: Describer;
  readonly intake: Intake;
  close(): Promise<void>;
}

/** Changes of an island that come together are looked at once. */
const SETTLING_MS = 10_000;

/** Open the database and the blobs that the options name; all of it or nothing. */
export async function openParts(options: StorageOptions): Promise<StorageParts> {
  const { database, close } = await openDatabase(options);
  try {
    const store = await SqlStore.open(database);
    const blobs = await openBlobs(options.blobs, options.dataDirectory, options.s3Credentials);
    const jobs = new JobQueue(database);
    const describer = await Describer.create();
    const onChange = async (islandId: string) => {
      await jobs.ask("re-estimate", islandId, SETTLING_MS);
      await jobs.ask("mark-redundant", islandId, SETTLING_MS);
    };
    const intake = new Intake({ store, blobs, describer, onChange });
    return { store, blobs, jobs, describer, intake, close };
  } catch (error) {
    await close();
    throw error;
  }
}
