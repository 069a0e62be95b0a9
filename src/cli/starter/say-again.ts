import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { StaticIndex, StaticIsland, staticPaths } from "../../contracts/static/static-dock";
import { isOfTables } from "../../engine/kinds/space";
import type { Space } from "../../engine/kinds/table/space/space";
import { openLearnware, packLearnware } from "../../engine/learnware/package";
import { inChinese } from "./chinese";
import type { Packed } from "./pack-starter";
import { pinnedTranslations } from "./pinned/make-pinned";

/** The starter as it is, with what is said of its learnwares now. */
interface Kept {
  /** Of tables. */
  readonly spaces: readonly Space[];
  readonly books: readonly Uint8Array[];
  readonly tables: readonly Packed[];
  /** Learnwares of texts and pictures. */
  readonly pinned: readonly Packed[];
}

/** Read the starter's models and specifications, and say anew what they are. */
export async function sayAgain(folder: string): Promise<Kept> {
  const read = (path: string) => readFile(join(folder, path));
  const json = async (path: string): Promise<unknown> => JSON.parse((await read(path)).toString());
  const index = StaticIndex.parse(await json(staticPaths.index));
  const spaces: Space[] = [];
  const books: Uint8Array[] = [];
  const tables: Packed[] = [];
  const pinned: Packed[] = [];
  for (const { sha256 } of index.islands) {
    const { island, learnwares } = StaticIsland.parse(await json(staticPaths.island(sha256)));
    const { space } = island;
    if (isOfTables(space)) {
      spaces.push(space);
      if (space.book) books.push(await read(staticPaths.book(space.book.sha256)));
    }
    for (const { id, package: zip } of learnwares) {
      const opened = await openLearnware(await read(staticPaths.package(zip.sha256)));
      const translations = pinnedTranslations(id) ?? inChinese(opened.manifest.name);
      const manifest = { ...opened.manifest, translations };
      const group = isOfTables(space) ? tables : pinned;
      group.push({ id, zip: await packLearnware({ ...opened, manifest }) });
    }
  }
  return { spaces, books, tables, pinned };
}
