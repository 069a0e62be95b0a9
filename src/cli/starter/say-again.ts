import { tableSpace } from "../../engine/kinds/space";
import type { Space } from "../../engine/kinds/table/space/space";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { StaticIndex, StaticIsland, staticPaths } from "../../contracts/static/static-dock";
import type { ExportReport } from "../../dock/mirror/static-export";
import { openLearnware, packLearnware } from "../../engine/learnware/package";
import { inChinese } from "./chinese";
import { type Packed, packStarter } from "./pack-starter";

/** Pack the starter again with its own models and specifications, and with what is said of them now. */
export async function sayAgain(folder: string): Promise<ExportReport> {
  const read = (path: string) => readFile(join(folder, path));
  const json = async (path: string): Promise<unknown> => JSON.parse((await read(path)).toString());
  const index = StaticIndex.parse(await json(staticPaths.index));
  const spaces: Space[] = [];
  const books: Uint8Array[] = [];
  const packed: Packed[] = [];
  for (const { sha256 } of index.islands) {
    const { island, learnwares } = StaticIsland.parse(await json(staticPaths.island(sha256)));
    spaces.push(tableSpace(island.space));
    if (island.space.book) books.push(await read(staticPaths.book(island.space.book.sha256)));
    for (const one of learnwares) {
      const opened = await openLearnware(await read(staticPaths.package(one.package.sha256)));
      const translations = inChinese(opened.manifest.name);
      const manifest = { ...opened.manifest, translations };
      packed.push({ id: one.id, zip: await packLearnware({ ...opened, manifest }) });
    }
  }
  return packStarter(spaces, books, packed, folder);
}
