/** @file Pictures with a class each from arrays of anybody's, however they are laid out and scaled. */

import { basename } from "node:path";

import { middleOf } from "../../../src/engine/kinds/image/pixels/middle";
import type { Raster } from "../../../src/engine/kinds/image/pixels/raster";
import { sampleIndices, seededRandom } from "../../../src/engine/ground/random";
import { type NumpyArray, readNpz } from "./npz";
import type { PictureSet } from "./picture-sets";

/** Pictures of a set; of a larger one a sample, as markets use no more. */
const MOST = 6000;
/** The pixel of an array: where it lies, and how large its colours are. */
interface Layout {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** 1: grey; 3: colours; 2 and 4: with a last one that is no colour. */
  readonly channels: number;
  readonly isChannelsFirst: boolean;
}

/**
 * The pictures and classes of an `.npz` file: arrays of pictures [n, height, width], [n, height, width, channels],
 * [n, channels, height, width] or [n, side * side], of bytes, of larger numbers, or of 0 to 1 or -1 to 1; and for each an array of as
 * many classes: numbers, which `names` may name, texts, or one of several columns set. `x_train` goes with `y_train`, `images` with
 * `labels`. Of pictures that are not square the middle is taken.
 *
 * @throws Error in one sentence, if there are none.
 */
export async function pictureSetOfFile(path: string): Promise<PictureSet> {
  const file = basename(path);
  const arrays = [...(await readNpz(path))];
  const names = arrays.find(([name]) => /^(?:names|label_names|class_names|classes)$/.test(name));
  const others = arrays.filter((one) => one !== names);
  const pictures = others.flatMap(([name, array]) => {
    const layout = array.texts.length === 0 && !areClasses(name) ? layoutOf(array) : null;
    return layout ? [{ name, array, layout }] : [];
  });
  if (pictures.length === 0) {
    const found = arrays.map(([name, { shape }]) => `${name} [${shape.join(", ")}]`).join("; ");
    throw new Error(`${file} has no array of pictures, such as x_train [n, side, side] or [n, side, side, 3]: it has ${found || "no array"}`); // prettier-ignore
  }
  const used = new Set<string>();
  const all = pictures.flatMap(({ name, array, layout }) => {
    const classes = others.find(
      ([other, { shape }]) =>
        !pictures.some((one) => one.name === other) &&
        !used.has(other) &&
        shape[0] === layout.count &&
        partOf(other) === partOf(name),
    );
    if (!classes) {
      throw new Error(`${file} has no array of ${layout.count} classes for the pictures of ${name}: add one, such as ${name.startsWith("x") ? name.replace("x", "y") : "labels"} [${layout.count}]`); // prettier-ignore
    }
    used.add(classes[0]);
    const labels = labelsOf(classes[1], names?.[1].texts ?? []);
    const scale = scaleOf(array);
    return labels.map((label, i) => ({ array, layout, label, i, scale }));
  });
  const kept = [...sampleIndices(all.length, Math.min(MOST, all.length), seededRandom(1))].map((i) => all[i]!); // prettier-ignore
  return {
    name: `${basename(path, ".npz")}-groups`,
    rasters: kept.map(({ array, layout, i, scale }) => rasterOf(array.numbers, layout, i, scale)),
    labels: kept.map(({ label }) => label),
  };
}

function areClasses(name: string): boolean {
  return /^(?:y|labels?|targets?|classes)(?:_|$)|_(?:y|labels?|targets?)$/i.test(name);
}

/** train of x_train and of y_train, nothing of images and of labels. */
function partOf(name: string): string {
  return /train|test|val/i.exec(name)?.[0].toLowerCase() ?? "";
}

/** Null if these are no pictures. */
function layoutOf({ shape }: NumpyArray): Layout | null {
  const [count = 0, a = 0, b = 0, c = 0] = shape;
  const isColour = (size: number) => size >= 1 && size <= 4;
  if (shape.length === 3 && a > 1 && b > 1) {
    return { count, height: a, width: b, channels: 1, isChannelsFirst: false };
  }
  // Of pictures of four pixels and less both may hold: then that in which they are square.
  const isLast = isColour(c) && a > 1 && (a === b || !isColour(a));
  if (shape.length === 4 && isLast) {
    return { count, height: a, width: b, channels: c, isChannelsFirst: false };
  }
  if (shape.length === 4 && isColour(a) && b > 1) {
    return { count, height: b, width: c, channels: a, isChannelsFirst: true };
  }
  if (shape.length !== 2) return null;
  const channels = [1, 3].find((one) => Number.isInteger(Math.sqrt(a / one)) && a / one >= 16);
  if (channels === undefined) return null;
  const side = Math.sqrt(a / channels);
  return { count, height: side, width: side, channels, isChannelsFirst: channels > 1 };
}

function labelsOf({ shape, numbers, texts }: NumpyArray, names: readonly string[]): string[] {
  const [count = 0, width = 1] = shape;
  if (texts.length > 0) return [...texts];
  const codeOf = (i: number) => {
    const scores = numbers.subarray(i * width, (i + 1) * width);
    return width === 1 ? scores[0]! : scores.indexOf(Math.max(...scores));
  };
  return Array.from({ length: count }, (_, i) => names[codeOf(i)] ?? String(codeOf(i)));
}

/** From the numbers of an array to 0 to 255: those of bytes are there already. */
function scaleOf({ numbers, type }: NumpyArray): (value: number) => number {
  if (type === "u1") return (value) => value;
  let [low, high] = [Infinity, -Infinity];
  for (const value of numbers) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low >= -1 && low < 0 && high <= 1) return (value) => clamp(127.5 * (value + 1));
  if (low >= 0 && high <= 1) return (value) => clamp(255 * value);
  if (low >= 0 && high <= 255) return clamp;
  const range = high - low;
  // Of 16 bits, or standardised: whatever is darkest is black.
  const [from, to] = low >= 0 && high <= 65535 ? [0, 65535] : [low, range];
  return (value) => clamp((255 * (value - from)) / to);
}

function clamp(value: number): number {
  return Number.isNaN(value) ? 0 : Math.round(Math.min(255, Math.max(0, value)));
}

function rasterOf(
  numbers: ArrayLike<number>,
  { height, width, channels, isChannelsFirst }: Layout,
  i: number,
  scale: (value: number) => number,
): Raster {
  const { left, top, side } = middleOf({ width, height }, 1);
  const from = i * height * width * channels;
  const rgb = Uint8Array.from({ length: 3 * side * side }, (_, k) => {
    const pixel = Math.floor(k / 3);
    const at = (top + Math.floor(pixel / side)) * width + left + (pixel % side);
    const channel = channels < 3 ? 0 : k % 3;
    const place = isChannelsFirst ? channel * height * width + at : at * channels + channel;
    return scale(numbers[from + place]!);
  });
  return { side, rgb };
}
