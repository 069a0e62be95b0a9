import type { PictureSize } from "../pixels/raster";
import type { Orientation } from "../pixels/turn";
import type { PictureHead } from "./picture-head";

/** A picture's pixels, to be taken once. */
export interface DecodedPicture extends PictureSize {
  /** How they have to be turned: 1 where the decoder did so. */
  readonly orientation: Orientation;
  /** Whole rows from the top: shape [some rows, width, 4], RGBA, alpha not multiplied in, colours as they are stored. */
  strips(): Iterable<Uint8Array | Uint8ClampedArray>;
  /** Gives its memory back. */
  close(): void;
}

/** Decodes pictures: a browser by what it has, Node by libraries. */
export interface PictureDecoder {
  /**
   * The first frame. Colour profiles are left aside, as nearly all who train models do.
   *
   * @param bytes - The whole file, of which `head` was read.
   * @throws When the bytes are damaged.
   */
  decode(bytes: Uint8Array, head: PictureHead): Promise<DecodedPicture>;
}
