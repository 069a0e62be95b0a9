import type { BlobStore } from "../storage/blobs/blob-store";
import type { LearnwareStore } from "../storage/learnware-store";
import type { JobContext } from "./job-runner";

const HOUR_MS = 3_600_000;
/** Removed learnwares can be brought back for so long. */
export const KEPT_FOR_MS = 30 * 24 * HOUR_MS;
/** A zip is put before its learnware; until then it only looks like an orphan. */
const GRACE_MS = HOUR_MS;

/** Forget what was removed long ago, and every zip that no learnware uses. */
export async function collect(
  store: Pick<LearnwareStore, "purge" | "usesPackage">,
  blobs: Pick<BlobStore, "list" | "remove">,
  { keep }: JobContext,
  now = Date.now(),
): Promise<void> {
  await store.purge(new Date(now - KEPT_FOR_MS));
  for await (const { sha256, modifiedAt } of blobs.list()) {
    if (modifiedAt.getTime() > now - GRACE_MS) continue;
    await keep();
    if (!(await store.usesPackage(sha256))) await blobs.remove(sha256);
  }
}
