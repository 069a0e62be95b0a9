import { EngineError } from "../../../ground/errors";
import type { Square } from "./middle";
import type { PictureSize, Raster } from "./raster";
import { type Taps, tapsOf } from "./taps";

/**
 * Makes a raster of a square part of a picture that comes strip by strip, so that a large one never lies in memory as a
 * whole. What shines through is put on white. Each row is resized across as it comes and added to the new rows that it has
 * a part in; the cost is two sums for each old pixel and channel.
 */
export class Shrinker {
  readonly #size: PictureSize;
  readonly #part: Square;
  /** Of the raster. */
  readonly #side: number;
  readonly #taps: Taps;
  /** Shape [side, side, 3]. */
  readonly #sums: Float64Array;
  /** Shape [side, 3]: the row at hand, resized across. */
  readonly #line: Float64Array;
  /** Shape [side of the part, 4]: the row at hand, on white. */
  readonly #opaque: Uint8ClampedArray;
  /** Rows that came. */
  #rows = 0;
  /** The first row of the raster that rows to come have a part in. */
  #open = 0;

  /**
   * @param size - Of the picture.
   * @param part - Within it.
   * @param side - Of the raster.
   */
  constructor(size: PictureSize, part: Square, side: number) {
    this.#size = size;
    this.#part = part;
    this.#side = side;
    this.#taps = tapsOf(part.side, side);
    this.#sums = new Float64Array(side * side * 3);
    this.#line = new Float64Array(side * 3);
    this.#opaque = new Uint8ClampedArray(part.side * 4);
  }

  /**
   * @param rgba - The next rows, whole ones: shape [rows, width, 4], alpha not multiplied in.
   * @throws EngineError `shape_mismatch` if these are no whole rows, or too many.
   */
  add(rgba: Uint8Array | Uint8ClampedArray): void {
    const stride = this.#size.width * 4;
    const rows = rgba.length / stride;
    if (!Number.isInteger(rows) || this.#rows + rows > this.#size.height) {
      throw new EngineError(
        "shape_mismatch",
        `${rgba.length} bytes are no rows of a picture of ${this.#size.width} × ${this.#size.height}`,
      );
    }
    const { left, top, side } = this.#part;
    for (let at = 4 * left; at < rgba.length; at += stride) {
      const row = this.#rows++ - top;
      if (row >= 0 && row < side) this.#addRow(row, rgba.subarray(at, at + 4 * side));
    }
  }

  /** @throws EngineError `shape_mismatch` if rows are lacking. */
  finish(): Raster {
    if (this.#rows !== this.#size.height) {
      throw new EngineError(
        "shape_mismatch",
        `the picture has ${this.#size.height} rows, ${this.#rows} came`,
      );
    }
    const rgb = new Uint8Array(this.#sums.length);
    for (let i = 0; i < rgb.length; i++) rgb[i] = Math.min(255, Math.round(this.#sums[i]!));
    return { side: this.#side, rgb };
  }

  #addRow(row: number, rgba: Uint8Array | Uint8ClampedArray): void {
    this.#resizeAcross(this.#onWhite(rgba));
    const { first, start, weights } = this.#taps;
    const line = this.#line;
    const sums = this.#sums;
    for (let y = this.#open; y < this.#side && first[y]! <= row; y++) {
      const tap = start[y]! + row - first[y]!;
      if (tap >= start[y + 1]!) {
        this.#open = y + 1;
        continue;
      }
      const weight = weights[tap]!;
      const at = y * line.length;
      for (let k = 0; k < line.length; k++) sums[at + k]! += weight * line[k]!;
    }
  }

  #resizeAcross(row: Uint8Array | Uint8ClampedArray): void {
    const { first, start, weights } = this.#taps;
    const line = this.#line;
    for (let x = 0; x < this.#side; x++) {
      let [red, green, blue] = [0, 0, 0];
      let at = first[x]! * 4;
      for (let tap = start[x]!; tap < start[x + 1]!; tap++, at += 4) {
        const weight = weights[tap]!;
        red += weight * row[at]!;
        green += weight * row[at + 1]!;
        blue += weight * row[at + 2]!;
      }
      line[3 * x] = red;
      line[3 * x + 1] = green;
      line[3 * x + 2] = blue;
    }
  }

  /** The row itself if nothing shines through it. */
  #onWhite(rgba: Uint8Array | Uint8ClampedArray): Uint8Array | Uint8ClampedArray {
    let at = 3;
    while (at < rgba.length && rgba[at] === 255) at += 4;
    if (at >= rgba.length) return rgba;
    const opaque = this.#opaque;
    for (let i = 0; i < rgba.length; i += 4) {
      const alpha = rgba[i + 3]! / 255;
      for (let c = i; c < i + 3; c++) opaque[c] = rgba[c]! * alpha + 255 * (1 - alpha);
    }
    return opaque;
  }
}
