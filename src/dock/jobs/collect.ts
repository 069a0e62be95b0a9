import type { BlobStore } from "../storage/blobs/blob-store";
import type { LearnwareStore } from "../storage/learnware-store";
import type { Uploads } from "../storage/uploads/uploads";
import type { JobContext } from "./job-runner";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Removed learnwares can be brought back for so long. */
export const KEPT_FOR_MS = 30 * DAY_MS;
/** A zip is put before its learnware, a book before its space; until then it only looks like an orphan. */
const GRACE_MS = HOUR_MS;
/** From one time to the next it is a day; a clock that went on by more may be wrong. */
const STEADY_MS = 2 * DAY_MS;

interface CollectContext extends JobContext {
  /** Whether somebody copies what the database named a while ago: nothing of that may go meanwhile. */
  readonly isHeld?: () => Promise<boolean>;
}

/**
 * Forget what was removed long ago, uploads whose time is over, and every zip that no learnware, upload or submission and book
 * that no space uses. Where the clock has not gone on by a
 * day or so since the last time, as after a long pause or when it was set, nothing is deleted until the next.
 *
 * @returns Whether anything could be deleted.
 */
export async function collect(
  store: Pick<
    LearnwareStore,
    "lastCollected" | "noteCollected" | "purge" | "usesBook" | "usesPackage"
  >,
  blobs: Pick<BlobStore, "list" | "remove">,
  uploads: Pick<Uploads, "expire" | "uses">,
  { keep, isHeld = () => Promise.resolve(false) }: CollectContext,
  now = Date.now(),
): Promise<boolean> {
  const last = await store.lastCollected();
  await store.noteCollected(new Date(now));
  const gone = last === null ? Infinity : now - last.getTime();
  if (!(gone >= 0 && gone <= STEADY_MS)) return false;
  await uploads.expire();
  await store.purge(new Date(now - KEPT_FOR_MS));
  for await (const { sha256, modifiedAt } of blobs.list()) {
    if (modifiedAt.getTime() > now - GRACE_MS) continue;
    await keep();
    if (await isHeld()) return false;
    const isUsed =
      (await store.usesPackage(sha256)) ||
      (await store.usesBook(sha256)) ||
      (await uploads.uses(sha256));
    if (!isUsed) await blobs.remove(sha256);
  }
  return true;
}
