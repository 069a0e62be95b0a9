import type { Dock } from "../client/dock/dock";
import { sha256Of } from "../client/storage/sha256";
import { AppError } from "../contracts/outcome";

export interface FetchedLearnware {
  readonly zip: Uint8Array<ArrayBuffer>;
  /** In hexadecimal. */
  readonly sha256: string;
}

/**
 * A learnware's zip out of a dock, compared with the hash that its card has.
 *
 * @throws AppError `hash_mismatch` if something else comes; as the dock does.
 */
export async function fetchLearnware(dock: Dock, id: string): Promise<FetchedLearnware> {
  const { sha256, sizeBytes } = await dock.learnware(id);
  const zip = await dock.packageBytes({ id, sha256, sizeBytes });
  if ((await sha256Of(zip)) === sha256) return { zip, sha256 };
  throw new AppError("hash_mismatch", `the dock sent something else than ${id}: try again`);
}
