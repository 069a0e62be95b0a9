import type { Describer } from "../../src/dock/describer";
import type { LearnwareStore, Placing, Space } from "../../src/dock/store/learnware-store";
import { unpackRkme } from "../../src/dock/unpack-rkme";

/**
 * The next version of an island, as a re-estimation makes it, whether or not it is time for one.
 *
 * @throws AppError `stale_island` if somebody else makes one meanwhile.
 */
export async function republish(
  store: LearnwareStore,
  describer: Describer,
  islandId: string,
  gamma: number,
): Promise<number> {
  const current = (await store.findSpace(islandId))!;
  const version = current.island.version + 1;
  const building = await store.prepareSpace({ ...current.island, version, gamma });
  do {
    await fill(store, describer, current, building);
  } while (!(await store.publishSpace(building)));
  return version;
}

async function fill(
  store: LearnwareStore,
  describer: Describer,
  current: Space,
  building: Space,
): Promise<void> {
  for (;;) {
    const missing = await store.missingFrom(building, 10);
    if (missing.length === 0) return;
    const moved: Placing[] = [];
    for (const placed of missing) {
      const { number, version, task } = placed;
      const rkme = { ...unpackRkme(placed, current.island.gamma), gamma: building.island.gamma };
      const described = await describer.describe(building.island, rkme, placed.radiusSquared);
      moved.push({ ...described, number, version, task });
    }
    await store.fillSpace(building, moved);
  }
}
