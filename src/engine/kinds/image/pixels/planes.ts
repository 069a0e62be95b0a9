import type { Raster } from "./raster";
import { type Taps, tapsOf } from "./taps";

/**
 * A raster resized to what a model takes, without rounding.
 *
 * @returns Shape [3, height, width]: red, green and blue, 0 to 255.
 */
export function planesOf(raster: Raster, width: number, height: number): Float32Array<ArrayBuffer> {
  const planes = new Float32Array(3 * height * width);
  writePlanes(raster, width, height, planes);
  return planes;
}

/** The same into memory that is there, of as many numbers. */
export function writePlanes(
  { rgb, side }: Raster,
  width: number,
  height: number,
  planes: Float32Array,
): void {
  if (width === side && height === side) {
    const size = width * height;
    for (let i = 0; i < planes.length; i++) planes[i] = rgb[3 * (i % size) + Math.floor(i / size)]!;
    return;
  }
  const across = tapsBetween(side, width);
  const down = tapsBetween(side, height);
  /** Shape [side, width]. */
  const lines = new Float64Array(side * width);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        let at = 3 * (y * side + across.first[x]!) + channel;
        for (let tap = across.start[x]!; tap < across.start[x + 1]!; tap++, at += 3) {
          sum += across.weights[tap]! * rgb[at]!;
        }
        lines[y * width + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        let at = down.first[y]! * width + x;
        for (let tap = down.start[y]!; tap < down.start[y + 1]!; tap++, at += width) {
          sum += down.weights[tap]! * lines[at]!;
        }
        planes[(channel * height + y) * width + x] = sum;
      }
    }
  }
}

const known = new Map<number, Taps>();

/** Most pictures of one person are resized between the same few sizes. */
function tapsBetween(from: number, to: number): Taps {
  const key = from * 65_536 + to;
  let taps = known.get(key);
  if (!taps) {
    if (known.size > 1000) known.clear();
    known.set(key, (taps = tapsOf(from, to)));
  }
  return taps;
}
