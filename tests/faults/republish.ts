import type { Describer } from "../../src/dock/storage/describer";
import { moveIsland } from "../../src/dock/jobs/move-island";
import type { LearnwareStore } from "../../src/dock/storage/learnware-store";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

/**
 * Brings an island to the next version, whether or not it is time for one.
 *
 * @returns That version.
 * @throws AppError `stale_island` if somebody else does meanwhile.
 */
export async function republish(
  store: LearnwareStore,
  describer: Describer,
  islandId: string,
  gamma: number,
): Promise<number> {
  const current = (await store.findSpace(islandId))!;
  const version = current.definition.version + 1;
  const next = { ...current.definition, version, kernel: gaussianKernel(gamma) };
  await moveIsland({ store, describer }, current, next, () => Promise.resolve());
  return version;
}
