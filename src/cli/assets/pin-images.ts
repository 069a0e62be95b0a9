import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

import { finish } from "../../engine/ground/finish";
import { seededRandom } from "../../engine/ground/random";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import { readPictures } from "../../engine/kinds/image/read/read-pictures";
import { filesOfZip } from "../../runtime/pictures/original-files";
import { nodeDecoder } from "../pictures/node-decoder";
import { openLook } from "../pictures/open-look";
import { type PinnedFiles, pinVectors } from "./pin-spaces";
import { varied } from "./varied";

const SEED = 5;
const DIGITS = 4000;

/**
 * For photographs: some as they are, and once more each cropped, mirrored and lit otherwise, as people's photographs differ.
 *
 * @param path - A zip of photographs of clothing, 96 pixels square (CC0).
 */
export async function pinPhotos(path: string): Promise<PinnedFiles> {
  const files = await filesOfZip(await openAsBlob(path));
  const { pictures, refused } = await finish(readPictures(files, nodeDecoder));
  if (refused.length > 0) throw new Error(`${refused[0]!.name} cannot be read`);
  const random = seededRandom(SEED);
  const rasters = pictures.map(({ raster }) => raster);
  return pinRasters([...rasters, ...rasters.map((raster) => varied(raster, random))]);
}

/**
 * For digits and other drawings.
 *
 * @param path - Images of MNIST, as they are published.
 */
export async function pinDigits(path: string): Promise<PinnedFiles> {
  const bytes = gunzipSync(await readFile(path));
  const [count, side] = [bytes.readUInt32BE(4), bytes.readUInt32BE(8)];
  const rasters = Array.from({ length: Math.min(count, DIGITS) }, (_, i) => ({
    side,
    rgb: Uint8Array.from(
      { length: 3 * side * side },
      (_, k) => bytes[16 + i * side * side + Math.floor(k / 3)]!,
    ),
  }));
  return pinRasters(rasters);
}

async function pinRasters(rasters: readonly Raster[]): Promise<PinnedFiles> {
  const look = await openLook();
  try {
    return pinVectors(await finish(look.embed(rasters)));
  } finally {
    await look.dispose();
  }
}
