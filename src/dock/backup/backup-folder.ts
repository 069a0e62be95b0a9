/** @file A folder of backups: `<time>.backup.jsonl` for each, and the blobs of all of them in `blobs`. */

import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { FileBlobs } from "../storage/blobs/file/file-blobs";
import { CheckedBlobs } from "../storage/blobs/checked-blobs";
import { isMissing } from "../storage/disk/durable-file";
import { BackupFile } from "./backup-file";

const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z\.backup\.jsonl$/;

export function backupName(at: Date): string {
  return `${at.toISOString().replace(/[:.]/g, "-")}.backup.jsonl`;
}

/** Paths of the backups in a folder, the newest first. */
export async function backupsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const found = names.filter((name) => NAME.test(name)).sort();
  return found.reverse().map((name) => join(folder, name));
}

/** When the last backup was made; null if there is none. */
export async function lastBackupAt(folder: string): Promise<Date | null> {
  const [newest] = await backupsIn(folder);
  if (newest === undefined) return null;
  const name = newest.slice(-"2026-01-01T00-00-00-000Z.backup.jsonl".length);
  const [day, time] = name.slice(0, 23).split("T");
  const [hours, minutes, seconds, thousandths] = time!.split("-");
  return new Date(`${day}T${hours}:${minutes}:${seconds}.${thousandths}Z`);
}

/** Where the blobs of a folder's backups lie, compared with their hashes when they are read. */
export async function backupBlobs(folder: string): Promise<CheckedBlobs> {
  return new CheckedBlobs(await FileBlobs.open(join(folder, "blobs")));
}

/**
 * Removes all but the newest backups, and the blobs that none of the others needs.
 *
 * @returns How many backups were removed.
 * @throws AppError `damaged_file` if one that stays is not whole; then all blobs stay.
 */
export async function rotate(folder: string, kept: number): Promise<number> {
  const all = await backupsIn(folder);
  const old = all.slice(kept);
  for (const path of old) await rm(path);
  if (old.length === 0) return 0;
  const used = new Set<string>();
  for (const path of all.slice(0, kept)) {
    for (const sha256 of await (await BackupFile.open(path)).blobs()) used.add(sha256);
  }
  const blobs = await backupBlobs(folder);
  for await (const { sha256 } of blobs.list()) {
    if (!used.has(sha256)) await blobs.remove(sha256);
  }
  return old.length;
}
