/** A small square picture in RGB without a colour profile, as everything after decoding knows it. */
export interface Raster {
  readonly side: number;
  /** Shape [side, side, 3], rows from the top, 0 to 255. */
  readonly rgb: Uint8Array<ArrayBuffer>;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Longest side of a raster that is kept of a picture. */
const MOST_SIDE = 96;

/** The side of the raster kept of a picture: small ones keep their pixels. */
export function rasterSide({ width, height }: PictureSize): number {
  return Math.min(width, height, MOST_SIDE);
}
