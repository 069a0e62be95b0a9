import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { StarterIndex } from "../contracts/starter";
import { AppError } from "../contracts/outcome";
import type { Intake } from "./intake";
import type { BlobStore } from "./store/blob-store";
import type { LearnwareStore } from "./store/learnware-store";

/** How many learnwares an import took in, found in place and removed. */
export interface StarterReport {
  readonly added: number;
  readonly kept: number;
  readonly removed: number;
}

/**
 * Make the starter's islands and learnwares those of a directory. What the store has already is not
 * read again; what an older starter left is removed; what others uploaded is not touched. A
 * directory without an index is an empty starter, and changes nothing.
 *
 * @throws AppError `hash_mismatch` if a zip is not the one that the index names.
 */
export async function importStarter(
  directory: string,
  { store, blobs, intake }: { store: LearnwareStore; blobs: BlobStore; intake: Intake },
): Promise<StarterReport> {
  const text = await readFile(join(directory, "index.json"), "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return { added: 0, kept: 0, removed: 0 };
  const { islands, packages } = StarterIndex.parse(JSON.parse(text));

  const changed = new Set<string>();
  for (const island of islands) {
    if ((await store.findIsland(island.id))?.version !== island.version) changed.add(island.id);
    await store.putIsland(island);
  }
  const { learnwares } = await store.list({ origin: "starter" }, { limit: 1e6, offset: 0 });
  const held = new Map(learnwares.map((card) => [card.id, card]));
  const wanted = new Set(packages.map(({ id }) => id));
  const gone = learnwares.filter(({ id }) => !wanted.has(id));
  for (const card of gone) await intake.remove(card);
  const listed = new Set(islands.map(({ id }) => id));
  for (const { islandId } of gone) {
    if (!listed.has(islandId)) await store.removeEmptyIsland(islandId);
  }

  let added = 0;
  for (const { id, sha256 } of packages) {
    const card = held.get(id);
    const isInPlace = card?.sha256 === sha256 && !changed.has(card.islandId);
    if (isInPlace && (await blobs.has(sha256))) continue;
    const zip = await readFile(join(directory, "packages", `${id}.zip`));
    if (createHash("sha256").update(zip).digest("hex") !== sha256) {
      throw new AppError("hash_mismatch", `the starter's ${id}.zip is not the one its index names`);
    }
    await intake.take(id, zip, "starter");
    added++;
  }
  return { added, kept: packages.length - added, removed: gone.length };
}
