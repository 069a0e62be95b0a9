import type { PictureSize } from "./raster";
import type { Orientation } from "./turn";

/** A square part of a picture. */
export interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Orientations in which the left column, and the top row, is last when the picture is upright. */
const FROM_RIGHT: ReadonlySet<Orientation> = new Set([2, 3, 7, 8]);
const FROM_BOTTOM: ReadonlySet<Orientation> = new Set([3, 4, 6, 7]);

/**
 * The middle of a picture, as large as it can be and square: what most models of images are trained on and given. Of an odd
 * border the smaller half is left or above when the picture is upright, however it is stored.
 */
export function middleOf({ width, height }: PictureSize, orientation: Orientation): Square {
  const side = Math.min(width, height);
  const half = (border: number, isFromEnd: boolean) => (border + Number(isFromEnd)) >> 1;
  return {
    left: half(width - side, FROM_RIGHT.has(orientation)),
    top: half(height - side, FROM_BOTTOM.has(orientation)),
    side,
  };
}
