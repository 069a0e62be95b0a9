import { setImmediate } from "node:timers/promises";

import { sketchLength } from "../../contracts/wire/sketch-length";
import type { Space } from "../../engine/kinds/space";
import type { Describer } from "../storage/describer";
import type { LearnwareStore, Placed, Placing, SpaceVersion } from "../storage/learnware-store";
import { PublishedSpecifications } from "./published";

interface MoveParts {
  readonly store: Pick<
    LearnwareStore,
    "fillSpace" | "missingFrom" | "prepareSpace" | "publishSpace" | "spaceVersions"
  >;
  readonly describer: Describer;
}

/** Learnwares between two looks at whether to go on. */
const BATCH = 100;

/**
 * Make this the version of an island that is in use: every specification and sketch is moved to its
 * scale, or weighed on its book, beside the version before, then the two are swapped. Searches and submissions go on
 * all the while. Interrupted, it leaves nothing that anyone sees.
 *
 * @param current - The version in use now.
 * @param next - Its book, if it has one, is kept already.
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
  const { store, describer } = parts;
  const building = await store.prepareSpace(next);
  const { definition } = current;
  const versions = await store.spaceVersions(definition.id);
  const published = new PublishedSpecifications(describer, definition, versions);
  do {
    await fill(parts, published, building, keep);
  } while (!(await store.publishSpace(building)));
}

async function fill(
  { store, describer }: MoveParts,
  published: PublishedSpecifications,
  building: SpaceVersion,
  keep: () => Promise<void>,
): Promise<void> {
  for (;;) {
    await keep();
    const missing = await store.missingFrom(building, BATCH);
    if (missing.length === 0) return;
    const moved: Placing[] = [];
    for (const placed of missing) {
      moved.push(await move(describer, published, placed, building.definition));
      await setImmediate(); // Let requests be answered: a book is weighed in milliseconds.
    }
    await store.fillSpace(building, moved);
  }
}

async function move(
  describer: Describer,
  specifications: PublishedSpecifications,
  placed: Placed,
  to: Space,
): Promise<Placing> {
  const { number, version, task } = placed;
  const moved = await specifications.on(to, placed);
  // Nobody finds it, here or there.
  if (!moved) return { ...placed, sketch: new Float32Array(sketchLength(to)), published: null };
  const { published, rkme, radiusSquared } = moved;
  const described = await describer.describe(to, rkme, radiusSquared);
  return { ...described, published: described.published && published, number, version, task };
}
