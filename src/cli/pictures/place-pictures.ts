import { readFile } from "node:fs/promises";

import { finish } from "../../engine/ground/finish";
import type { Matrix } from "../../engine/ground/matrix";
import { type ImageData, placeImages } from "../../engine/kinds/image/image-data";
import { openImageBasis } from "../../engine/kinds/image/open-basis";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import { IMAGE_SPACES } from "../../engine/kinds/image/spaces";
import type { BookPoints } from "../../engine/specification/book/book";
import { decodeBook } from "../../engine/specification/files/book-file";
import { gaussianGram } from "../../engine/specification/kernel/gaussian";
import { EMBEDDERS, loadEmbedder } from "../texts/place-texts";
import { openLook } from "./open-look";

export type ImageBasisName = keyof typeof IMAGE_SPACES;

const NAMES = Object.keys(IMAGE_SPACES) as ImageBasisName[];
/** Pictures that tell in which space they lie. */
const LOOKED_AT = 200;

/** The points that everybody has of a space. */
export async function bookOf(name: ImageBasisName): Promise<BookPoints> {
  const { id, dimension } = IMAGE_SPACES[name];
  const file = await readFile(new URL(`${id}.book.npy`, EMBEDDERS));
  return decodeBook(new Uint8Array(file), dimension);
}

/** Pictures in all spaces, and the name of the one whose points they lie among. */
export async function placeHere(
  rasters: readonly Raster[],
): Promise<{ readonly data: ImageData; readonly basis: ImageBasisName }> {
  const look = await openLook();
  try {
    const bases = await Promise.all(NAMES.map((name) => openImageBasis(name, loadEmbedder)));
    const data = await finish(placeImages(rasters, look, bases));
    const near = await Promise.all(
      NAMES.map(async (name) => nearness(data.points.get(name)!, name)),
    );
    return { data, basis: NAMES[near.indexOf(Math.max(...near))]! };
  } finally {
    await look.dispose();
  }
}

/** The mean of the kernel between rows and the points of a book. */
async function nearness({ data, cols }: Matrix, name: ImageBasisName): Promise<number> {
  const rows = Math.min(LOOKED_AT, data.length / cols);
  const some = { data: data.subarray(0, rows * cols), rows, cols };
  const gram = gaussianGram(some, await bookOf(name), IMAGE_SPACES[name].kernel.gamma);
  return gram.data.reduce((sum, value) => sum + value, 0) / gram.data.length;
}
