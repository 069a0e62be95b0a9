import { EngineError } from "../../../ground/errors";
import type { PictureSize, Raster } from "./raster";
import { type Taps, tapsOf } from "./taps";

/**
 * Resizes a picture that comes strip by strip, so that a large one never lies in memory as a whole. What shines through is
 * put on white. Each row is resized across as it comes and added to the new rows that it has a part in; the cost is two
 * sums for each old pixel and channel.
 */
export class Shrinker {
  readonly #from: PictureSize;
  readonly #to: PictureSize;
  readonly #across: Taps;
  readonly #down: Taps;
  /** Shape [new height, new width, 3]. */
  readonly #sums: Float64Array;
  /** Shape [new width, 3]: the row at hand, resized across. */
  readonly #line: Float64Array;
  /** Shape [old width, 4]: the row at hand, on white. */
  readonly #opaque: Uint8ClampedArray;
  /** Rows that came. */
  #rows = 0;
  /** The first new row that rows to come have a part in. */
  #open = 0;

  /** @param to - Its new size. */
  constructor(from: PictureSize, to: PictureSize) {
    this.#from = from;
    this.#to = to;
    this.#across = tapsOf(from.width, to.width);
    this.#down = tapsOf(from.height, to.height);
    this.#sums = new Float64Array(to.height * to.width * 3);
    this.#line = new Float64Array(to.width * 3);
    this.#opaque = new Uint8ClampedArray(from.width * 4);
  }

  /**
   * @param rgba - The next rows, whole ones: shape [rows, old width, 4], alpha not multiplied in.
   * @throws EngineError `shape_mismatch` if these are no whole rows, or too many.
   */
  add(rgba: Uint8Array | Uint8ClampedArray): void {
    const stride = this.#from.width * 4;
    const rows = rgba.length / stride;
    if (!Number.isInteger(rows) || this.#rows + rows > this.#from.height) {
      throw new EngineError(
        "shape_mismatch",
        `${rgba.length} bytes are no rows of a picture of ${this.#from.width} × ${this.#from.height}`,
      );
    }
    for (let r = 0; r < rows; r++) this.#addRow(rgba.subarray(r * stride, (r + 1) * stride));
  }

  /** @throws EngineError `shape_mismatch` if rows are lacking. */
  finish(): Raster {
    if (this.#rows !== this.#from.height) {
      throw new EngineError(
        "shape_mismatch",
        `the picture has ${this.#from.height} rows, ${this.#rows} came`,
      );
    }
    const rgb = new Uint8Array(this.#sums.length);
    for (let i = 0; i < rgb.length; i++) rgb[i] = Math.min(255, Math.round(this.#sums[i]!));
    return { ...this.#to, rgb };
  }

  #addRow(rgba: Uint8Array | Uint8ClampedArray): void {
    this.#resizeAcross(this.#onWhite(rgba));
    const { first, start, weights } = this.#down;
    const line = this.#line;
    const sums = this.#sums;
    const row = this.#rows++;
    for (let y = this.#open; y < this.#to.height && first[y]! <= row; y++) {
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
    const { first, start, weights } = this.#across;
    const line = this.#line;
    for (let x = 0; x < this.#to.width; x++) {
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
