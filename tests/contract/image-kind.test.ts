import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { openLook } from "../../src/cli/pictures/open-look";
import { finish } from "../../src/engine/ground/finish";
import { type ImageData, placeImages } from "../../src/engine/kinds/image/image-data";
import type { ImageForm } from "../../src/engine/kinds/image/image-input";
import { imageKind } from "../../src/engine/kinds/image/image-kind";
import { LOOK } from "../../src/engine/kinds/image/look";
import { openImageBasis } from "../../src/engine/kinds/image/open-basis";
import type { Raster } from "../../src/engine/kinds/image/pixels/raster";
import { IMAGE_SPACES } from "../../src/engine/kinds/image/spaces";
import { draw, rasterOf } from "../fixtures/pictures/draw";
import { dataKindSuite } from "./data-kind.suite";

const space = IMAGE_SPACES.photos;
const folder = join(import.meta.dirname, "../../public/embedders");
const bases = [
  await openImageBasis("photos", async (name, sha256) => {
    const file = readFileSync(join(folder, name));
    expect(createHash("sha256").update(file).digest("hex")).toBe(sha256);
    return new Uint8Array(file);
  }),
];

const look = await openLook();
const place = (rasters: readonly Raster[]) => finish(placeImages(rasters, look, bases));
const made = new Map<number, ImageData>();
for (const seed of [1, 2]) {
  const drawn = Array.from({ length: 200 }, (_, i) => rasterOf(draw(32, 32, 1000 * seed + i)));
  made.set(seed, await place(drawn));
}

const form: ImageForm = {
  ...{ type: "image", name: "X", channels: 3, height: 28, width: 28, layout: "NCHW" },
  ...{ range: [0, 1], mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
};
const about = { input: "X", features: [], form };

dataKindSuite({
  kind: imageKind,
  space,
  otherSpace: IMAGE_SPACES.digits,
  dataOf: (seed) => made.get(seed)!,
  profile: { bases: [space.basis] },
  about,
  foreign: { input: "X", features: ["price"] },
});

/** Two pixels by two: black, red, green, white. */
const four: Raster = {
  side: 2,
  rgb: Uint8Array.of(0, 0, 0, 255, 0, 0, 0, 255, 0, 255, 255, 255),
};

async function fed(changes: Partial<ImageForm>) {
  const placed = await place([four]);
  const rows = imageKind.rows(placed, { space, placed: [] }, Int32Array.of(0), undefined);
  const whole = { ...form, height: 2, width: 2, ...changes };
  const [input] = imageKind.inputs(rows.fed, space, { ...about, form: whole });
  const data = Array.from(input!.data as Float32Array, (value) => +value.toFixed(4));
  return { dims: input!.dims, data };
}

test("images are fed channel by channel, scaled as the manifest says", async () => {
  expect(await fed({})).toEqual({
    dims: [1, 3, 2, 2],
    data: [-1, 1, -1, 1, -1, -1, 1, 1, -1, -1, -1, 1],
  });
});

test("images are fed pixel by pixel where the model takes them so", async () => {
  expect(await fed({ layout: "NHWC", mean: [0, 0, 0], std: [1, 2, 4] })).toEqual({
    dims: [1, 2, 2, 3],
    data: [0, 0, 0, 1, 0, 0, 0, 0.5, 0, 1, 0.5, 0.25],
  });
});

test("a model of grey images gets what the eye sees, a fourth channel is opaque", async () => {
  const grey = await fed({ channels: 1, mean: [0], std: [1], range: [0, 255] });
  expect(grey.data).toEqual([0, 76.245, 149.685, 255]);
  const { dims, data } = await fed({ channels: 4, mean: [0, 0, 0, 0], std: [1, 1, 1, 1] });
  expect(dims).toEqual([1, 4, 2, 2]);
  expect(data.slice(12)).toEqual([1, 1, 1, 1]);
});

test("a model may take the embedder's vectors, and no other's", () => {
  const vectors = { type: "embedding", name: "X", dimension: LOOK.dimension } as const;
  const own = { features: [], form: { ...vectors, embedder: LOOK.mark } };
  const other = { ...vectors, embedder: { ...LOOK.mark, sha256: "0".repeat(64) } };
  expect(imageKind.packaging.checkModel(space, own)).toBeNull();
  expect(imageKind.packaging.checkModel(space, { features: [], form: other })).toMatch(/look/);
  const { fed: held } = imageKind.rows(
    made.get(1)!,
    { space, placed: [] },
    { from: 3, to: 5 },
    null,
  );
  const [input] = imageKind.inputs(held, space, { ...own, input: "X" });
  expect(input!.dims).toEqual([2, 243]);
});

test("a picture of one colour is told apart, and lies at a finite place", async () => {
  const blank = { side: 3, rgb: new Uint8Array(27).fill(200) };
  const { known, points } = await place([blank, four]);
  expect([...known]).toEqual([0, 1]);
  expect(points.get(space.basis)!.data.every(Number.isFinite)).toBe(true);
});

describe("what a model of pictures is tried on before a dock lets it in", () => {
  const vectors = { type: "embedding", name: "X", embedder: LOOK.mark, dimension: 243 } as const;

  test.each([
    ["pictures", form, [3, 3, 28, 28]],
    ["vectors", vectors, [3, 243]],
  ])("is three %s as it takes them, of which two are the same", (_, taken, dims) => {
    const [input] = imageKind.packaging.trial!({ input: "X", features: [], form: taken });
    expect(input).toMatchObject({ name: "X", dims });
    const data = input!.data as Float32Array;
    const row = (i: number) => data.subarray((i * data.length) / 3, ((i + 1) * data.length) / 3);
    expect(row(2)).toEqual(row(0));
    expect(row(1)).not.toEqual(row(0));
  });

  test("is nothing where each would be too large", () => {
    const large = { ...form, height: 2048, width: 2048 };
    expect(imageKind.packaging.checkModel(space, { features: [], form: large })).toMatch(/at most/);
    expect(imageKind.packaging.checkModel(space, { features: [], form })).toBeNull();
  });
});
