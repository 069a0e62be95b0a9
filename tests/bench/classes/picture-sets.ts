/** @file Sets of pictures with a class each: from a zip of folders, or from MNIST as it is published. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { varied } from "../../../src/cli/assets/varied";
import { readFiles } from "../../../src/cli/pictures/read-files";
import { columnTexts } from "../../../src/engine/kinds/table/read/column-texts";
import { finish } from "../../../src/engine/ground/finish";
import { seededRandom } from "../../../src/engine/ground/random";
import type { Raster } from "../../../src/engine/kinds/image/pixels/raster";

export interface PictureSet {
  /** And its form. */
  readonly name: string;
  readonly rasters: readonly Raster[];
  readonly labels: readonly string[];
}

const MNIST = [
  ["train", 4000],
  ["test", 2000],
] as const;

/** Clothing as it is, and with each picture cropped, mirrored and lit otherwise; and handwritten digits. */
export async function pictureSets(data: string): Promise<PictureSet[]> {
  const clothing = await clothingOf(join(data, "images/clothing10_96px_folders.zip"));
  const random = seededRandom(11);
  const rasters = clothing.rasters.map((raster) => varied(raster, random));
  return [clothing, { ...clothing, name: "clothing-jittered", rasters }, digitsOf(join(data, "images/mnist"))]; // prettier-ignore
}

async function clothingOf(path: string): Promise<PictureSet> {
  const { rasters, open } = await readFiles(path);
  const files = await finish(columnTexts(open, 0));
  return { name: "clothing-groups", rasters, labels: files.map((file) => file.split("/").at(-2)!) };
}

function digitsOf(folder: string): PictureSet {
  const read = (name: string) => gunzipSync(readFileSync(join(folder, name)));
  const [part, parts] = [28, [] as { raster: Raster; label: string }[]];
  for (const [name, count] of MNIST) {
    const file = name === "test" ? "test" : "train";
    const pixels = read(`${file}-images-idx3-ubyte.gz`).subarray(16);
    const labels = read(`${file}-labels-idx1-ubyte.gz`).subarray(8);
    for (let i = 0; i < count; i++) {
      parts.push({ raster: rasterOf(pixels, i, part), label: String(labels[i]) });
    }
  }
  const [rasters, labels] = [parts.map(({ raster }) => raster), parts.map(({ label }) => label)];
  return { name: "mnist-groups", rasters, labels };
}

/** @param numbers - Grey, shape [n, side, side]. */
function rasterOf(numbers: Uint8Array, i: number, side: number): Raster {
  const from = i * side * side;
  const rgb = Uint8Array.from({ length: 3 * side * side }, (_, k) => numbers[from + Math.floor(k / 3)]!); // prettier-ignore
  return { side, rgb };
}
