import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

import { finish } from "../../engine/ground/finish";
import { type Random, seededRandom } from "../../engine/ground/random";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import { filesOfZip } from "../../engine/kinds/image/read/picture-files";
import { readPictures } from "../../engine/kinds/image/read/read-pictures";
import { nodeDecoder } from "../pictures/node-decoder";
import { openLook } from "../pictures/open-look";
import { type PinnedFiles, pinVectors } from "./pin-spaces";

const SEED = 5;
const LEAST_PART = 56;
const DIGITS = 4000;

/**
 * For photographs: some as they are, and once more each cropped, mirrored and lit otherwise, as people's photographs differ.
 *
 * @param path - A zip of photographs of clothing, 96 pixels square (CC0).
 */
export async function pinPhotos(path: string): Promise<PinnedFiles> {
  const files = await filesOfZip(await readFile(path));
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

/** A square part of a picture, mirrored or not, with another contrast and brightness. */
function varied({ side, rgb }: Raster, random: Random): Raster {
  const part = Math.min(side, LEAST_PART + Math.floor(random() * (side - LEAST_PART + 1)));
  const [left, top] = [0, 1].map(() => Math.floor(random() * (side - part + 1))) as [
    number,
    number,
  ];
  const isMirrored = random() < 0.5;
  const contrast = 0.7 + 0.6 * random();
  const brightness = 60 * (random() - 0.5);
  const values = new Uint8ClampedArray(3 * part * part);
  for (let y = 0; y < part; y++) {
    for (let x = 0; x < part; x++) {
      const from = 3 * ((top + y) * side + left + (isMirrored ? part - 1 - x : x));
      for (let c = 0; c < 3; c++) {
        const value = (rgb[from + c]! - 127.5) * contrast + 127.5 + brightness;
        values[3 * (y * part + x) + c] = value;
      }
    }
  }
  return { side: part, rgb: new Uint8Array(values.buffer) };
}
