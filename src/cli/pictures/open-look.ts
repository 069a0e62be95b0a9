import { readFile } from "node:fs/promises";

import { LOOK } from "../../engine/kinds/image/look";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import { type OpenEmbedder, openLook as openLookFile } from "../../runtime/embedders/look-embedder";

/** The embedder of pictures, from the file that comes with Berth. To be disposed of. */
export async function openLook(): Promise<OpenEmbedder<Raster>> {
  const path = new URL(`../../engine/kinds/image/${LOOK.file.name}`, import.meta.url);
  return openLookFile(await readFile(path));
}
