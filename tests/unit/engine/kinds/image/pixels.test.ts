import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { seededRandom } from "../../../../../src/engine/ground/random";
import { planesOf } from "../../../../../src/engine/kinds/image/pixels/planes";
import { type Raster, rasterSize } from "../../../../../src/engine/kinds/image/pixels/raster";
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
function rasterOf(width: number, height: number, values: readonly number[]): Raster {
  const rgb = Uint8Array.from(values.flatMap((value) => [value, value >> 1, 0]));
  return { width, height, rgb };
}

function noise(width: number, height: number, seed = 1): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : 256 * random(),
  );
}

function shrunk(rgba: Uint8Array, from: [number, number], to: [number, number]): Raster {
  const shrinker = new Shrinker(
    { width: from[0], height: from[1] },
    { width: to[0], height: to[1] },
  );
  shrinker.add(rgba);
  return shrinker.finish();
}

describe("resizing", () => {
  it.each(cases)("gives Pillow's numbers from $from to $to", ({ from, to, old, new: expected }) => {
    const planes = planesOf(rasterOf(...from, old), ...to);
    // Pillow rounds to single precision after each of its two passes: some 1e-5 of 255.
    expected.forEach((value, i) => expect(planes[i]).toBeCloseTo(value, 3));
    expect([...planes.subarray(2 * expected.length)]).toEqual(expected.map(() => 0));
  });

  it.each(cases)("shrinks by strips to the same, rounded, from $from to $to", (one) => {
    const { from, to, old, new: expected } = one;
    const rgba = Uint8Array.from(old.flatMap((value) => [0, value, 255, 255]));
    const { rgb } = shrunk(rgba, from, to);
    expected.forEach((value, i) => {
      expect(Math.abs(rgb[3 * i + 1]! - value)).toBeLessThan(0.501);
      expect([rgb[3 * i], rgb[3 * i + 2]]).toEqual([0, 255]);
    });
  });

  it("leaves a picture of that size as it is", () => {
    const rgba = noise(5, 4);
    const raster = shrunk(rgba, [5, 4], [5, 4]);
    expect([...raster.rgb]).toEqual([...rgba].filter((_, i) => i % 4 !== 3));
    const planes = planesOf(raster, 5, 4);
    expect([...planes.subarray(0, 20)]).toEqual([...raster.rgb].filter((_, i) => i % 3 === 0));
  });

  it("keeps the mean where whole blocks become one pixel", () => {
    const values = [0, 20, 40, 60, 80, 100, 120, 140];
    const [first, second] = planesOf(rasterOf(8, 1, values), 2, 1);
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

  it("takes rows in any strips", () => {
    const rgba = noise(30, 20);
    const whole = shrunk(rgba, [30, 20], [7, 6]);
    const shrinker = new Shrinker({ width: 30, height: 20 }, { width: 7, height: 6 });
    for (const [from, to] of [
      [0, 1],
      [1, 13],
      [13, 20],
    ] as const) {
      shrinker.add(rgba.subarray(from * 120, to * 120));
    }
    expect(shrinker.finish()).toEqual(whole);
  });

  it("puts what shines through on white", () => {
    const rgba = Uint8Array.of(0, 0, 0, 0, 100, 0, 200, 51, 9, 8, 7, 255);
    const { rgb } = shrunk(rgba, [3, 1], [3, 1]);
    expect([...rgb]).toEqual([255, 255, 255, 224, 204, 244, 9, 8, 7]);
  });

  it("refuses rows that are too many, too few or not whole", () => {
    const shape = expect.objectContaining({ code: "shape_mismatch" }) as Error;
    const shrinker = new Shrinker({ width: 2, height: 2 }, { width: 1, height: 1 });
    expect(() => shrinker.finish()).toThrow(shape);
    expect(() => shrinker.add(new Uint8Array(7))).toThrow(shape);
    expect(() => shrinker.add(new Uint8Array(24))).toThrow(shape);
  });

  it("keeps small pictures whole and each long side at 96", () => {
    expect(rasterSize({ width: 28, height: 28 })).toEqual({ width: 28, height: 28 });
    expect(rasterSize({ width: 4000, height: 50 })).toEqual({ width: 96, height: 50 });
  });
});

describe("turning", () => {
  // 1 2 3
  // 4 5 6
  const picture = rasterOf(3, 2, [1, 2, 3, 4, 5, 6]);
  const upright: Record<Orientation, readonly [width: number, values: number[]]> = {
    1: [3, [1, 2, 3, 4, 5, 6]],
    2: [3, [3, 2, 1, 6, 5, 4]],
    3: [3, [6, 5, 4, 3, 2, 1]],
    4: [3, [4, 5, 6, 1, 2, 3]],
    5: [2, [1, 4, 2, 5, 3, 6]],
    6: [2, [4, 1, 5, 2, 6, 3]],
    7: [2, [6, 3, 5, 2, 4, 1]],
    8: [2, [3, 6, 2, 5, 1, 4]],
  };

  it.each(Object.entries(upright))("follows orientation %s", (orientation, [width, values]) => {
    const { rgb, ...size } = turned(picture, Number(orientation) as Orientation);
    expect(size).toEqual({ width, height: 6 / width });
    expect([...rgb].filter((_, i) => i % 3 === 0)).toEqual(values);
  });
});
