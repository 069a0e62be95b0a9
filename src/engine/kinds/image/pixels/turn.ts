import type { Raster } from "./raster";

/**
 * How a stored picture has to be turned to stand upright, as cameras note it (EXIF 2.32, tag 0x0112): 1 not at all, 2
 * mirrored, 3 by 180°, 4 mirrored top to bottom, 5 mirrored along the first diagonal, 6 by 90° clockwise, 7 mirrored along
 * the second diagonal, 8 by 90° counterclockwise.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** A raster as it is to be looked at. */
export function turned(raster: Raster, orientation: Orientation): Raster {
  if (orientation === 1) return raster;
  const { side } = raster;
  const rgb = new Uint8Array(raster.rgb.length);
  const last = side - 1;
  /** Where the pixel that is to be at (x, y) is stored. */
  const stored: Record<Orientation, (x: number, y: number) => readonly [number, number]> = {
    1: (x, y) => [x, y],
    2: (x, y) => [last - x, y],
    3: (x, y) => [last - x, last - y],
    4: (x, y) => [x, last - y],
    5: (x, y) => [y, x],
    6: (x, y) => [y, last - x],
    7: (x, y) => [last - y, last - x],
    8: (x, y) => [last - y, x],
  };
  const find = stored[orientation];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [column, row] = find(x, y);
      const at = 3 * (row * side + column);
      rgb.set(raster.rgb.subarray(at, at + 3), 3 * (y * side + x));
    }
  }
  return { side, rgb };
}
