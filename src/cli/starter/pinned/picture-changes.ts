/** @file Ways in which people's pictures differ. */

import { type Random } from "../../../engine/ground/random";
import type { Raster } from "../../../engine/kinds/image/pixels/raster";

interface Said {
  /** After the name of what is seen. */
  readonly name: string;
  /** After what a learnware says of itself. */
  readonly about: string;
}

export interface PictureChange {
  /** Empty for none. */
  readonly id: string;
  readonly en: Said;
  readonly zh: Said;
  readonly change: (raster: Raster, random: Random) => Raster;
}

export const plainChange: PictureChange = {
  id: "",
  en: { name: "", about: "" },
  zh: { name: "", about: "" },
  change: (raster) => raster,
};

export const pictureChanges: Readonly<Record<"photos" | "digits", readonly PictureChange[]>> = {
  photos: [
    told("dim", ["in dim light", "光线昏暗"], (raster) => lit(raster, 0.4, 0)),
    told("bright", ["in glaring light", "光线过亮"], (raster) => lit(raster, 0.6, 90)),
    told("grey", ["in grey", "黑白"], grey),
    told("close", ["from close by", "近距离"], (raster, random) => cut(raster, 0.6 + 0.15 * random())),
    told("small", ["in few pixels", "低分辨率"], (raster) => shrunk(raster, 4)),
  ],
  digits: [
    told("ink", ["in dark ink", "白底黑字"], (raster) => lit(raster, -1, 255)),
    told("tilted", ["tilted to the right", "向右倾斜"], (raster, random) => leaned(raster, 0.35 + 0.2 * random())),
    told("leaning-left", ["tilted to the left", "向左倾斜"], (raster, random) => leaned(raster, -0.35 - 0.2 * random())),
    told("faint", ["in faint strokes", "笔迹浅淡"], (raster) => lit(raster, 0.45, 10)),
    told("bold", ["in bold strokes", "粗笔"], bold),
    told("small", ["in few pixels", "低分辨率"], (raster) => shrunk(raster, 2)),
    told("noisy", ["on noisy ground", "背景嘈杂"], noisy),
  ],
}; // prettier-ignore

function told(
  id: string,
  [en, zh]: readonly [en: string, zh: string],
  change: PictureChange["change"],
): PictureChange {
  return {
    ...{ id, change },
    en: { name: `, ${en}`, about: `, ${en}` },
    zh: { name: `（${zh}）`, about: `（${zh}）` },
  };
}

function lit({ side, rgb }: Raster, contrast: number, brightness: number): Raster {
  const values = Uint8ClampedArray.from(rgb, (value) => contrast * value + brightness);
  return { side, rgb: new Uint8Array(values.buffer) };
}

function grey({ side, rgb }: Raster): Raster {
  const bright = (at: number) => 0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!;
  return { side, rgb: Uint8Array.from(rgb, (_, i) => Math.round(bright(i - (i % 3)))) };
}

/** A share of the middle. */
function cut({ side, rgb }: Raster, share: number): Raster {
  const part = Math.round(side * share);
  const from = Math.floor((side - part) / 2);
  return made(part, (x, y, c) => rgb[3 * ((y + from) * side + x + from) + c]!);
}

/** Each pixel the mean of some by some. */
function shrunk({ side, rgb }: Raster, by: number): Raster {
  return made(Math.floor(side / by), (x, y, c) => {
    let sum = 0;
    for (let i = 0; i < by; i++) {
      for (let j = 0; j < by; j++) sum += rgb[3 * ((y * by + i) * side + x * by + j) + c]!;
    }
    return Math.round(sum / by ** 2);
  });
}

/** Each pixel the brightest of those around. */
function bold({ side, rgb }: Raster): Raster {
  return made(side, (x, y, c) => {
    const [left, top] = [Math.max(0, x - 1), Math.max(0, y - 1)];
    const at = (u: number, v: number) => rgb[3 * (v * side + u) + c]!;
    return Math.max(at(x, y), at(left, y), at(x, top), at(left, top));
  });
}

function noisy({ side, rgb }: Raster, random: Random): Raster {
  const pixels = Float64Array.from({ length: side * side }, () => 90 * random());
  return {
    side,
    rgb: Uint8Array.from(rgb, (value, i) => Math.max(value, pixels[Math.floor(i / 3)]!)),
  };
}

/** Rows moved to the right above the middle and to the left below it; what comes in is black. */
function leaned({ side, rgb }: Raster, lean: number): Raster {
  return made(side, (x, y, c) => {
    const from = Math.round(x + lean * (y - side / 2));
    return from < 0 || from >= side ? 0 : rgb[3 * (y * side + from) + c]!;
  });
}

function made(side: number, value: (x: number, y: number, channel: number) => number): Raster {
  const rgb = new Uint8Array(3 * side * side);
  for (let i = 0; i < rgb.length; i++) {
    const pixel = Math.floor(i / 3);
    rgb[i] = value(pixel % side, Math.floor(pixel / side), i % 3);
  }
  return { side, rgb };
}
