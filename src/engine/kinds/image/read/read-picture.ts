import { EngineError } from "../../../ground/errors";
import { middleOf } from "../pixels/middle";
import { type PictureSize, type Raster, rasterSide } from "../pixels/raster";
import { Shrinker } from "../pixels/shrinker";
import { turned } from "../pixels/turn";
import type { DecodedPicture, PictureDecoder } from "./picture-decoder";
import { readHead } from "./picture-head";

/** A picture as it is kept. */
export interface Picture {
  readonly raster: Raster;
  /** Of the picture as it came, upright. */
  readonly size: PictureSize;
}

/**
 * The middle of a picture in a file as a small upright raster on white. What a decoder gives is the only part that differs between
 * browsers: from the same pixels everybody gets the same raster.
 *
 * @param bytes - The whole file.
 * @throws EngineError As `readHead`; `damaged_file` if it cannot be decoded.
 */
export async function readPicture(bytes: Uint8Array, decoder: PictureDecoder): Promise<Picture> {
  const head = readHead(bytes);
  let decoded: DecodedPicture;
  try {
    decoded = await decoder.decode(bytes, head);
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const { format } = head;
    throw new EngineError("damaged_file", `the ${format} file is damaged`, { format }, { cause });
  }
  try {
    const { width, height, orientation } = decoded;
    const shrinker = new Shrinker(decoded, middleOf(decoded, orientation), rasterSide(decoded));
    for (const strip of decoded.strips()) shrinker.add(strip);
    const isOnItsSide = orientation >= 5;
    return {
      raster: turned(shrinker.finish(), orientation),
      size: isOnItsSide ? { width: height, height: width } : { width, height },
    };
  } finally {
    decoded.close();
  }
}
