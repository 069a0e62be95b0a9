/** A small picture in RGB without a colour profile, as everything after decoding knows it. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Shape [height, width, 3], rows from the top, 0 to 255. */
  readonly rgb: Uint8Array<ArrayBuffer>;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Longest side of a raster that is kept of a picture. */
const RASTER_SIDE = 96;

/**
 * The size of the raster kept of a picture. Each side is shortened by itself, so that small pictures keep their pixels and
 * large ones all that a model of square pictures can use; the picture's own shape is told by its size.
 */
export function rasterSize({ width, height }: PictureSize): PictureSize {
  return { width: Math.min(width, RASTER_SIDE), height: Math.min(height, RASTER_SIDE) };
}
