import type { Random } from "../../engine/ground/random";
import type { Raster } from "../../engine/kinds/image/pixels/raster";

const LEAST_PART = 56;

/** A square part of a picture, mirrored or not, with another contrast and brightness. */
export function varied({ side, rgb }: Raster, random: Random): Raster {
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
