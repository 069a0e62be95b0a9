import type { BlobStore } from "../storage/blobs/blob-store";
import type { LearnwareStore } from "../storage/learnware-store";
import type { JobContext } from "./job-runner";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Removed learnwares can be brought back for so long. */
export const KEPT_FOR_MS = 30 * DAY_MS;
/** A zip is put before its learnware, a book before its space; until then it only looks like an orphan. */
const GRACE_MS = HOUR_MS;
/** From one time to the next it is a day; a clock that went on by more may be wrong. */
const STEADY_MS = 2 * DAY_MS;

/**
 * Forget what was removed long ago, and every zip that no learnware and book that no space uses. Where the clock has not gone on by a
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
  { keep }: JobContext,
  now = Date.now(),
): Promise<boolean> {
  const last = await store.lastCollected();
  await store.noteCollected(new Date(now));
  const gone = last === null ? Infinity : now - last.getTime();
  if (!(gone >= 0 && gone <= STEADY_MS)) return false;
  await store.purge(new Date(now - KEPT_FOR_MS));
  for await (const { sha256, modifiedAt } of blobs.list()) {
    if (modifiedAt.getTime() > now - GRACE_MS) continue;
    await keep();
    const isUsed = (await store.usesPackage(sha256)) || (await store.usesBook(sha256));
    if (!isUsed) await blobs.remove(sha256);
  }
  return true;
}
