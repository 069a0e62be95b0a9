import { finish } from "../../engine/ground/finish";
import { type ImageData, placeImages } from "../../engine/kinds/image/image-data";
import { nearness } from "../../engine/kinds/image/nearness";
import { openImageBasis } from "../../engine/kinds/image/open-basis";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import {
  IMAGE_BASES as NAMES,
  IMAGE_SPACES,
  type ImageBasisName,
} from "../../engine/kinds/image/spaces";
import { readPinnedBook } from "../describe/describe-pinned";
import { loadEmbedder } from "../texts/place-texts";
import { openLook } from "./open-look";

/** Pictures in all spaces, and the name of the one whose points they lie among. */
export async function placeHere(
  rasters: readonly Raster[],
): Promise<{ readonly data: ImageData; readonly basis: ImageBasisName }> {
  const look = await openLook();
  try {
    const bases = await Promise.all(NAMES.map((name) => openImageBasis(name, loadEmbedder)));
    const data = await finish(placeImages(rasters, look, bases));
    const near = await Promise.all(
      NAMES.map(async (name) =>
        nearness(
          data.points.get(name)!,
          await readPinnedBook(IMAGE_SPACES[name]),
          IMAGE_SPACES[name],
        ),
      ),
    );
    return { data, basis: NAMES[near.indexOf(Math.max(...near))]! };
  } finally {
    await look.dispose();
  }
}
