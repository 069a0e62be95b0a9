/** @file A small dock that does everything right, for others to spoil its answers. */

import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FileBlobs } from "../../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../../src/dock/storage/sql/sql-store";
import { normal, seededRandom } from "../../../src/engine/ground/random";
import { entryOf, island, packageOf, rkmeAround } from "../../fixtures/learnwares";
import { openDock } from "../../fixtures/open-dock";

/** Centres of learnwares, on the plane of the island's two features. */
const CENTRES = { east: [1, 0], near: [1.2, 0.2], west: [-4, 0] } as const;

export interface HonestDock {
  /** @param path - With its query. */
  answer(path: string, init: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function honestDock(): Promise<HonestDock> {
  const store = await SqlStore.open(await PgliteDatabase.open());
  const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-honest-")));
  await store.putSpace(island);
  for (const [id, [x, y]] of Object.entries(CENTRES)) {
    const rkme = rkmeAround(x, y);
    const { sha256, sizeBytes } = await blobs.put(await packageOf(id, { rkme }));
    await store.put(entryOf(id, rkme, { sha256, sizeBytes }));
  }
  const dock = await openDock({ store, blobs });
  return {
    answer: async (path, init) => dock.request(`http://dock.test${path}`, init),
    close: () => store.close(),
  };
}

/** A table that the nearest learnwares fit. */
export function houses(rows = 300): string {
  const random = seededRandom(3);
  const lines = Array.from(
    { length: rows },
    () => `${(1 + 0.3 * normal(random)).toFixed(4)},${(0.3 * normal(random)).toFixed(4)}`,
  );
  return ["area,age", ...lines].join("\n") + "\n";
}
