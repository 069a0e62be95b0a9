import { HttpDock } from "../../client/dock/http-dock";
import type { Space } from "../../engine/kinds/space";
import type { Manifest } from "../../engine/learnware/manifest";
import type { Check } from "../../engine/verify/check";
import { verifyZip } from "../../library/verify-zip";
import { openModels } from "../threads/open-models";

/**
 * The checks that a dock makes, made here.
 *
 * @param dock - Address of one that knows spaces which zips only name; null to ask nobody.
 * @param onCheck - Told of each as it is made.
 * @returns Whether nothing refuses it.
 */
export async function checkZip(
  zip: Uint8Array,
  dock: string | null,
  onCheck: (check: Check) => void,
): Promise<boolean> {
  const pool = openModels(1);
  const findIn = ({ id, version }: Manifest["space"]) =>
    dock === null ? Promise.resolve(null) : findSpace(dock, id, version);
  return verifyZip(zip, pool, findIn, onCheck).finally(() => pool.dispose());
}

/** As the dock has it now; null if it has another version, which only the dock itself compares with. */
async function findSpace(dock: string, id: string, version: number): Promise<Space | null> {
  const islands = await new HttpDock(dock).islands();
  const found = islands.find(({ space }) => space.id === id && space.version === version);
  return found?.space ?? null;
}
