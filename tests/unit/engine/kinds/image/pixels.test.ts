import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { seededRandom } from "../../../../../src/engine/ground/random";
import { planesOf } from "../../../../../src/engine/kinds/image/pixels/planes";
import { middleOf } from "../../../../../src/engine/kinds/image/pixels/middle";
import { type Raster, rasterSide } from "../../../../../src/engine/kinds/image/pixels/raster";
import { Shrinker } from "../../../../../src/engine/kinds/image/pixels/shrinker";
import { tapsOf } from "../../../../../src/engine/kinds/image/pixels/taps";
import { type Orientation, turned } from "../../../../../src/engine/kinds/image/pixels/turn";

interface Case {
  readonly from: [number, number];
  readonly to: [number, number];
  readonly old: number[];
  readonly new: number[];
}

const golden = join(import.meta.dirname, "../../../../fixtures/golden/resize.json");
const cases = JSON.parse(readFileSync(golden, "utf8")) as Case[];

/** Red as given, green half of it, blue none. */
function rasterOf(values: readonly number[]): Raster {
  const rgb = Uint8Array.from(values.flatMap((value) => [value, value >> 1, 0]));
  return { side: Math.sqrt(values.length), rgb };
}

function noise(width: number, height: number, seed = 1): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : 256 * random(),
  );
}

/** A whole picture as a raster of that side. */
function shrunk(rgba: Uint8Array, size: number, side: number): Raster {
  const shrinker = new Shrinker(
    { width: size, height: size },
    { left: 0, top: 0, side: size },
    side,
  );
  shrinker.add(rgba);
  return shrinker.finish();
}

describe("resizing", () => {
  it.each(cases)("gives Pillow's numbers from $from to $to", ({ to, old, new: expected }) => {
    const planes = planesOf(rasterOf(old), ...to);
    // Pillow rounds to single precision after each of its two passes: some 1e-5 of 255.
    expected.forEach((value, i) => expect(planes[i]).toBeCloseTo(value, 3));
    expect([...planes.subarray(2 * expected.length)]).toEqual(expected.map(() => 0));
  });

  const square = cases.filter(({ to }) => to[0] === to[1]);
  it.each(square)("shrinks to the same, rounded, from $from to $to", (one) => {
    const { from, to, old, new: expected } = one;
    const rgba = Uint8Array.from(old.flatMap((value) => [0, value, 255, 255]));
    const { rgb } = shrunk(rgba, from[0], to[0]);
    expected.forEach((value, i) => {
      expect(Math.abs(rgb[3 * i + 1]! - value)).toBeLessThan(0.501);
      expect([rgb[3 * i], rgb[3 * i + 2]]).toEqual([0, 255]);
    });
  });

  it("leaves a picture of that size as it is", () => {
    const rgba = noise(5, 5);
    const raster = shrunk(rgba, 5, 5);
    expect([...raster.rgb]).toEqual([...rgba].filter((_, i) => i % 4 !== 3));
    const planes = planesOf(raster, 5, 5);
    expect([...planes.subarray(0, 25)]).toEqual([...raster.rgb].filter((_, i) => i % 3 === 0));
  });

  it("keeps the mean where whole blocks become one pixel", () => {
    const values = Array.from({ length: 64 }, (_, i) => 20 * (i % 8));
    const [first, second] = planesOf(rasterOf(values), 2, 1);
    expect((first! + second!) / 2).toBeCloseTo(70, 4);
  });

  it("weighs old pixels by parts that sum to one", () => {
    for (const [from, to] of [
      [1, 5],
      [7, 3],
      [4000, 96],
      [96, 32],
    ] as const) {
      const { start, first, weights } = tapsOf(from, to);
      for (let i = 0; i < to; i++) {
        const part = weights.subarray(start[i], start[i + 1]);
        expect(part.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(first[i]! + part.length).toBeLessThanOrEqual(from);
      }
    }
  });

  it("takes rows in any strips, and a part of each", () => {
    const rgba = noise(30, 20);
    const part = { left: 5, top: 2, side: 16 };
    const inPart = rgba.filter((_, i) => {
      const [row, column] = [Math.floor(i / 120) - 2, (Math.floor(i / 4) % 30) - 5];
      return row >= 0 && row < 16 && column >= 0 && column < 16;
    });
    const shrinker = new Shrinker({ width: 30, height: 20 }, part, 7);
    for (const [from, to] of [
      [0, 1],
      [1, 13],
      [13, 20],
    ] as const) {
      shrinker.add(rgba.subarray(from * 120, to * 120));
    }
    expect(shrinker.finish()).toEqual(shrunk(inPart, 16, 7));
  });

  it("puts what shines through on white", () => {
    const rgba = Uint8Array.of(0, 0, 0, 0, 100, 0, 200, 51, 9, 8, 7, 255, 1, 2, 3, 255);
    const { rgb } = shrunk(rgba, 2, 2);
    expect([...rgb]).toEqual([255, 255, 255, 224, 204, 244, 9, 8, 7, 1, 2, 3]);
  });

  it("refuses rows that are too many, too few or not whole", () => {
    const shape = expect.objectContaining({ code: "shape_mismatch" }) as Error;
    const shrinker = new Shrinker({ width: 2, height: 2 }, { left: 0, top: 0, side: 2 }, 1);
    expect(() => shrinker.finish()).toThrow(shape);
    expect(() => shrinker.add(new Uint8Array(7))).toThrow(shape);
    expect(() => shrinker.add(new Uint8Array(24))).toThrow(shape);
  });

  it("keeps small pictures whole and large ones at 96", () => {
    expect(rasterSide({ width: 28, height: 28 })).toBe(28);
    expect(rasterSide({ width: 4000, height: 50 })).toBe(50);
    expect(rasterSide({ width: 4000, height: 3000 })).toBe(96);
  });
});

describe("the middle of a picture", () => {
  it("is the largest square there", () => {
    expect(middleOf({ width: 8, height: 4 }, 1)).toEqual({ left: 2, top: 0, side: 4 });
    expect(middleOf({ width: 3, height: 9 }, 1)).toEqual({ left: 0, top: 3, side: 3 });
  });

  it("is the same however the picture is stored", () => {
    const [width, height] = [5, 2];
    /** Each pixel of the upright picture has a number of its own. */
    const upright = (x: number, y: number) => 1 + x + y * width;
    const found = ([1, 2, 3, 4, 5, 6, 7, 8] as const).map((orientation) => {
      const isOnItsSide = orientation >= 5;
      const size = isOnItsSide ? { width: height, height: width } : { width, height };
      const isFromRight = [2, 3, 7, 8].includes(orientation);
      const isFromBottom = [3, 4, 6, 7].includes(orientation);
      const stored = Array.from({ length: width * height }, (_, i) => {
        const [column, row] = [i % size.width, Math.floor(i / size.width)];
        const a = isFromRight ? size.width - 1 - column : column;
        const b = isFromBottom ? size.height - 1 - row : row;
        const value = isOnItsSide ? upright(b, a) : upright(a, b);
        return [value, 0, 0, 255];
      });
      const part = middleOf(size, orientation);
      const shrinker = new Shrinker(size, part, part.side);
      shrinker.add(Uint8Array.from(stored.flat()));
      return turned(shrinker.finish(), orientation).rgb.filter((_, i) => i % 3 === 0);
    });
    for (const values of found) expect([...values]).toEqual([2, 3, 7, 8]);
  });
});

describe("turning", () => {
  // 1 2
  // 3 4
  const picture = rasterOf([1, 2, 3, 4]);
  const upright: Record<Orientation, readonly number[]> = {
    1: [1, 2, 3, 4],
    2: [2, 1, 4, 3],
    3: [4, 3, 2, 1],
    4: [3, 4, 1, 2],
    5: [1, 3, 2, 4],
    6: [3, 1, 4, 2],
    7: [4, 2, 3, 1],
    8: [2, 4, 1, 3],
  };

  it.each(Object.entries(upright))("follows orientation %s", (orientation, values) => {
    const { side, rgb } = turned(picture, Number(orientation) as Orientation);
    expect(side).toBe(2);
    expect([...rgb].filter((_, i) => i % 3 === 0)).toEqual(values);
  });
});
