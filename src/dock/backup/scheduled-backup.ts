import { AppError } from "../../contracts/outcome";
import type { Log } from "../http/request-log";
import { everySoOften } from "../jobs/every-so-often";
import type { JobContext } from "../jobs/job-runner";
import type { JobQueue } from "../jobs/job-queue";
import type { BlobStore } from "../storage/blobs/blob-store";
import type { Database } from "../storage/database/database";
import { isDiskFull } from "../storage/disk/disk-full";
import { lastBackupAt } from "./backup-folder";
import { makeBackup } from "./make-backup";

export interface BackupSchedule {
  readonly folder: string;
  readonly everyHours: number;
  /** Backups that stay. */
  readonly kept: number;
}

interface ScheduledParts {
  readonly jobs: Pick<JobQueue, "ask">;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly schedule: BackupSchedule;
  readonly log: Log;
}

/** The job that makes backups by themselves; others of its kind are made by hand. */
export const SCHEDULED = "schedule";

const HOUR_MS = 3_600_000;
/** A dock that is closing waits so long. */
const STOPS_WITHIN_MS = 1000;

/** Makes a backup when the last one is old enough, and asks for the next. One that failed is tried again within the hour. */
export class ScheduledBackup {
  readonly #parts: ScheduledParts;
  #lastAt: number | null = null;

  constructor(parts: ScheduledParts) {
    this.#parts = parts;
  }

  /** Seconds since the last one that is whole, as far as this dock has seen; NaN if it has seen none. */
  get ageSeconds(): number {
    return this.#lastAt === null ? NaN : (Date.now() - this.#lastAt) / 1000;
  }

  async run(subject: string, { keep }: JobContext): Promise<void> {
    if (subject !== SCHEDULED) return; // Whoever made one by hand has died.
    const { jobs, database, blobs, schedule, log } = this.#parts;
    const everyMs = schedule.everyHours * HOUR_MS;
    let waitMs = Math.min(HOUR_MS, everyMs);
    try {
      const last = await lastBackupAt(schedule.folder);
      this.#lastAt = last?.getTime() ?? null;
      const age = last ? Date.now() - last.getTime() : Infinity;
      if (age >= 0 && age < everyMs) {
        waitMs = everyMs - age;
        return;
      }
      const { folder, kept } = schedule;
      const often = everySoOften(keep, STOPS_WITHIN_MS);
      const report = await makeBackup({ database, blobs }, folder, { kept, keep: often });
      this.#lastAt = Date.now();
      waitMs = everyMs;
      const { problems, ...counts } = report;
      log.info({ backup: counts });
      if (problems.length > 0) log.error({ backup: "some of the dock is not in it", problems });
    } catch (error) {
      if (error instanceof AppError && error.code === "aborted") throw error;
      log.error({ backup: "failed", reason: reasonOf(error) });
    } finally {
      await jobs.ask("backup", SCHEDULED, waitMs);
    }
  }
}

function reasonOf(error: unknown): string {
  if (isDiskFull(error)) return "no space is left to write to";
  if (error instanceof AppError) return error.message;
  return error instanceof Error && "code" in error ? String(error.code) : "a fault of the dock";
}
