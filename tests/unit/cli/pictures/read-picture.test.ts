import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { nodeDecoder } from "../../../../src/cli/pictures/node-decoder";
import { openLook } from "../../../../src/cli/pictures/open-look";
import { finish } from "../../../../src/engine/ground/finish";
import type { Progress } from "../../../../src/engine/ground/progress";
import type { Raster } from "../../../../src/engine/kinds/image/pixels/raster";
import { readPicture } from "../../../../src/engine/kinds/image/read/read-picture";
import type { OpenEmbedder } from "../../../../src/runtime/embedders/look-embedder";
import { badPictures } from "../../../fixtures/pictures/bad-pictures";
import { draw, rasterOf } from "../../../fixtures/pictures/draw";
import golden from "../../../fixtures/pictures/golden.json";

const folder = join(import.meta.dirname, "../../../fixtures/pictures");
const fileOf = (name: string) => readFileSync(join(folder, name));

let look: OpenEmbedder<Raster>;
beforeAll(async () => {
  look = await openLook();
});
afterAll(() => look.dispose());

describe("reading pictures in Node", () => {
  it.each(Object.entries(golden))("looks at %s as it did", async (name, expected) => {
    const { raster, size } = await readPicture(fileOf(name), nodeDecoder);
    expect(size).toEqual(expected.size);
    expect([raster.side, raster.rgb.length]).toEqual([expected.side, 3 * expected.side ** 2]);
    const { data } = await finish(look.embed([raster]));
    expect(data).toHaveLength(243);
    // The golden numbers are rounded to five digits.
    expected.look.forEach((value, i) => expect(data[i]).toBeCloseTo(value, 4));
  });

  it("reads lossless files pixel by pixel", async () => {
    for (const [name, width, height, seed] of [
      ["small.png", 28, 28, 8],
      ["plain.bmp", 50, 40, 12],
      ["lossless.webp", 60, 60, 14],
    ] as const) {
      const { raster } = await readPicture(fileOf(name), nodeDecoder);
      expect(raster).toEqual(rasterOf(draw(width, height, seed)));
    }
  });

  it("turns a picture as its camera says, and tells its size as it is seen", async () => {
    const { raster, size } = await readPicture(fileOf("turned.jpg"), nodeDecoder);
    expect(size).toEqual({ width: 64, height: 110 });
    expect(raster.side).toBe(64);
  });

  const bad = badPictures(fileOf("opaque.png"), fileOf("photo.jpg"), fileOf("lossy.webp"));
  it.each(Object.entries(bad))("refuses a file with %s", async (_, [code, bytes]) => {
    await expect(readPicture(bytes, nodeDecoder)).rejects.toMatchObject({ code });
  });

  it("says what a file is that is no picture", async () => {
    const format = async (what: string) =>
      readPicture(bad[what]![1], nodeDecoder).catch((error: unknown) => error);
    expect(await format("a drawing that can run scripts")).toMatchObject({
      details: { format: "SVG drawing" },
    });
    expect(await format("a document")).toMatchObject({ details: { format: "PDF document" } });
  });

  it("leaves AVIF to browsers, after its header", async () => {
    const error = { code: "unsupported_picture", details: { format: "AVIF picture" } };
    await expect(readPicture(fileOf("plain.avif"), nodeDecoder)).rejects.toMatchObject(error);
  });
});

describe("the embedder of pictures", () => {
  const pictures = Array.from({ length: 20 }, (_, i) => rasterOf(draw(30 + i, 40, i)));

  it("tells how far it is, and stops when told", async () => {
    const told: Progress[] = [];
    const { rows, cols } = await finish(look.embed(pictures), (progress) => told.push(progress));
    expect([rows, cols]).toEqual([20, 243]);
    expect(told.map(({ stage, done, total }) => [stage, done, total])).toEqual([
      ["encode", 0, 20],
      ["encode", 16, 20],
    ]);
    const stopped = finish(look.embed(pictures), () => {
      throw new Error("enough");
    });
    await expect(stopped).rejects.toThrow("enough");
  });

  it("looks at each picture by itself", async () => {
    const all = await finish(look.embed(pictures));
    const alone = await finish(look.embed(pictures.slice(7, 8)));
    expect([...all.data.subarray(7 * 243, 8 * 243)]).toEqual([...alone.data]);
  });

  it("gives finite numbers for blank and tiny pictures", async () => {
    const blank = (side: number, level: number) => ({
      side,
      rgb: new Uint8Array(3 * side * side).fill(level),
    });
    const { data } = await finish(look.embed([blank(1, 0), blank(96, 255), blank(5, 9)]));
    expect(data.every(Number.isFinite)).toBe(true);
    // No edges: nothing of shape.
    expect(Math.max(...data.subarray(0, 128))).toBeLessThan(1e-3);
  });
});
