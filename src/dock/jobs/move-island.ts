import type { Space } from "../../engine/kinds/table/space/space";
import type { Describer } from "../storage/describer";
import type { LearnwareStore, Placed, Placing, SpaceVersion } from "../storage/learnware-store";
import { unpackRkme } from "../storage/unpack-rkme";
import { isWhole } from "../storage/whole-rkme";
import { kindOf } from "../../engine/kinds/index";

interface MoveParts {
  readonly store: Pick<
    LearnwareStore,
    "fillSpace" | "missingFrom" | "prepareSpace" | "publishSpace"
  >;
  readonly describer: Describer;
}

/** Learnwares between two looks at whether to go on. */
const BATCH = 100;

/**
 * Make this the version of an island that is in use: every specification and sketch is moved to its
 * scale beside the version before, then the two are swapped. Searches and submissions go on all the
 * while. Interrupted, it leaves nothing that anyone sees.
 *
 * @param current - The version in use now.
 * @param keep - Awaited between parts of the work; throws if it has to stop.
 * @throws AppError `stale_island` if the island has come as far by now. EngineError `bad_parameter` if
 *   the versions have not the same features.
 */
export async function moveIsland(
  parts: MoveParts,
  current: SpaceVersion,
  next: Space,
  keep: () => Promise<void>,
): Promise<void> {
  const building = await parts.store.prepareSpace(next);
  do {
    await fill(parts, current, building, keep);
  } while (!(await parts.store.publishSpace(building)));
}

async function fill(
  { store, describer }: MoveParts,
  current: SpaceVersion,
  building: SpaceVersion,
  keep: () => Promise<void>,
): Promise<void> {
  for (;;) {
    await keep();
    const missing = await store.missingFrom(building, BATCH);
    if (missing.length === 0) return;
    const moved: Placing[] = [];
    for (const placed of missing) moved.push(await move(describer, placed, current, building));
    await store.fillSpace(building, moved);
  }
}

async function move(
  describer: Describer,
  placed: Placed,
  { definition: from }: SpaceVersion,
  { definition: to }: SpaceVersion,
): Promise<Placing> {
  const { number, version, task } = placed;
  if (!isWhole(placed, kindOf(from).dimension(from))) return placed; // Nobody finds it, here or there.
  const { rkme, radiusSquared } = kindOf(to).life.rescale(
    unpackRkme(placed, from.kernel),
    placed.radiusSquared,
    from,
    to,
  );
  const described = await describer.describe(to, rkme, radiusSquared);
  return { ...described, number, version, task };
}
