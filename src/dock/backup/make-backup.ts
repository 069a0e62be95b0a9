import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { AppError } from "../../contracts/outcome";
import type { BlobStore } from "../storage/blobs/blob-store";
import type { Database } from "../storage/database/database";
import { lockDirectory } from "../storage/disk/directory-lock";
import { makeDirectory, renameDurably } from "../storage/disk/durable-file";
import { backupBlobs, backupName, rotate } from "./backup-folder";
import { BackupWriter } from "./backup-file";
import { readSnapshot } from "./snapshot";

interface BackupParts {
  readonly database: Database;
  readonly blobs: Pick<BlobStore, "open">;
}

interface BackupOptions {
  /** Backups that stay, this one among them; all of them unless told. */
  readonly kept?: number | undefined;
  /** To be awaited between parts of the work: throws when it has to stop. */
  readonly keep: () => Promise<void>;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface BackupReport {
  readonly path: string;
  readonly records: number;
  readonly blobs: number;
  /** Blobs that were not there from backups before, and their bytes. */
  readonly copied: number;
  readonly copiedBytes: number;
  /** Backups that were removed. */
  readonly removed: number;
  /** What could not be read in the dock, and is not in the backup. */
  readonly problems: readonly string[];
}

const draftEnding = ".draft";

/**
 * Copies a dock that may serve meanwhile into a folder of backups: what the database says at one moment, then every blob that
 * it names and that no backup before has brought there. Whoever calls it sees to it that none of those is collected
 * meanwhile. The file that names them appears last, whole, or not at all.
 *
 * @throws AppError `dock_busy` if another backup is being made in the folder; whatever `keep` throws.
 */
export async function makeBackup(
  { database, blobs }: BackupParts,
  folder: string,
  { kept, keep, onProgress }: BackupOptions,
): Promise<BackupReport> {
  await makeDirectory(folder);
  const unlock = await lockDirectory(folder).catch((cause: unknown) => {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EBUSY")) throw cause;
    const message = `another backup is being made in ${folder}`;
    throw new AppError("dock_busy", message, {}, { cause });
  });
  try {
    for (const name of await readdir(folder)) {
      if (name.endsWith(draftEnding)) await rm(join(folder, name));
    }
    const at = new Date();
    const path = join(folder, backupName(at));
    const draft = `${path}${draftEnding}`;
    const problems: string[] = [];
    const writer = await BackupWriter.open(draft, at);
    try {
      await readSnapshot(database, {
        record: (kind, value) => writer.record(kind, value),
        uses: (count) => writer.uses(count),
        problem: (what) => problems.push(what),
      });
      await writer.end();
      await keep();
      const counts = { copied: 0, copiedBytes: 0 };
      const target = await backupBlobs(folder);
      const total = writer.blobs.size;
      let done = 0;
      for (const sha256 of writer.blobs) {
        await keep();
        if (!(await target.has(sha256))) {
          const copied = await copyBlob(blobs, target, sha256);
          if (typeof copied === "string") problems.push(copied);
          else {
            counts.copied++;
            counts.copiedBytes += copied;
          }
        }
        onProgress?.({ done: ++done, total });
      }
      await renameDurably(draft, path);
      const removed = kept === undefined ? 0 : await rotate(folder, kept);
      return { path, records: writer.records, blobs: total, ...counts, removed, problems };
    } finally {
      await writer.close();
      await rm(draft, { force: true });
    }
  } finally {
    await unlock();
  }
}

/** @returns Its bytes; a string says what is wrong with it. */
export async function copyBlob(
  from: Pick<BlobStore, "open">,
  into: Pick<BlobStore, "put">,
  sha256: string,
): Promise<number | string> {
  try {
    const blob = await from.open(sha256);
    if (!blob) return `the zip or book ${sha256} is missing`;
    return (await into.put(blob.stream)).sizeBytes;
  } catch (error) {
    if (error instanceof AppError && error.code === "hash_mismatch") return error.message;
    throw error;
  }
}
