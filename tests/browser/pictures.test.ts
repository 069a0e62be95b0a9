import ortWasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { fetchLook } from "../../src/client/workers/look-file";
import { finish } from "../../src/engine/ground/finish";
import type { Progress } from "../../src/engine/ground/progress";
import { LOOK } from "../../src/engine/kinds/image/look";
import type { Raster } from "../../src/engine/kinds/image/pixels/raster";
import { readHead } from "../../src/engine/kinds/image/read/picture-head";
import { readPicture } from "../../src/engine/kinds/image/read/read-picture";
import { type OpenEmbedder, openLook } from "../../src/runtime/embedders/look-embedder";
import { browserDecoder } from "../../src/runtime/pictures/browser-decoder";
import { badPictures } from "../fixtures/pictures/bad-pictures";
import { draw, rasterOf } from "../fixtures/pictures/draw";
import golden from "../fixtures/pictures/golden.json";

const urls = import.meta.glob<string>("../fixtures/pictures/*.{jpg,png,gif,bmp,webp,avif}", {
  query: "?url",
  import: "default",
  eager: true,
});

async function fileOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(urls[`../fixtures/pictures/${name}`]!);
  return new Uint8Array(await response.arrayBuffer());
}

const told: Progress[] = [];
let look: OpenEmbedder<Raster>;

beforeAll(async () => {
  const wasm = await (await fetch(ortWasmUrl)).arrayBuffer();
  look = await openLook(await fetchLook({ onProgress: (progress) => told.push(progress) }), wasm);
});

afterAll(() => look.dispose());

describe("pictures in a browser", () => {
  it("fetches the embedder with its size in the progress", () => {
    const total = LOOK.file.bytes;
    expect(told.at(-1)).toEqual({ stage: "download", done: total, total });
  });

  it.each(Object.entries(golden))("look as they do in Node: %s", async (name, expected) => {
    const { raster, size } = await readPicture(await fileOf(name), browserDecoder);
    expect(size).toEqual(expected.size);
    const { data } = await finish(look.embed([raster]));
    // What is promised of the embedder; Chromium's decoders give Node's pixels to the bit, so that it is 5e-6 there.
    expected.look.forEach((value, i) => expect(Math.abs(data[i]! - value)).toBeLessThan(1e-3));
  });

  it("are read in a worker as on the page", async () => {
    const url = new URL("../fixtures/pictures/raster.worker.ts", import.meta.url);
    const worker = new Worker(url, { type: "module" });
    const bytes = await fileOf("photo.jpg");
    const answer = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = reject;
    });
    worker.postMessage(bytes);
    expect(await answer).toEqual((await readPicture(bytes, browserDecoder)).raster);
    worker.terminate();
  });

  it("reads AVIF, of which Node knows the size", async () => {
    const bytes = await fileOf("plain.avif");
    expect(readHead(bytes)).toEqual({ format: "avif", width: 80, height: 60, orientation: 1 });
    const { raster } = await readPicture(bytes, browserDecoder);
    const drawn = rasterOf(draw(80, 60, 16)).rgb;
    const off = drawn.reduce((sum, value, i) => sum + Math.abs(value - raster.rgb[i]!), 0);
    expect(off / drawn.length).toBeLessThan(6); // It was saved with some loss.
  });

  it("reads a picture that is larger than one strip", async () => {
    const [width, height] = [3000, 1500];
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d")!;
    for (let i = 0; i < 30; i++) {
      context.fillStyle = `rgb(${8 * i}, ${255 - 8 * i}, 100)`;
      context.fillRect(0, 50 * i, width, 50);
    }
    const blob = await canvas.convertToBlob({ type: "image/png" });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const { raster } = await readPicture(bytes, browserDecoder);
    // Where a row of the raster lies within one bar it has its colour.
    for (const i of [0, 10, 20, 29]) {
      const row = Math.floor(((50 * i + 25) / height) * 96);
      const [red] = raster.rgb.subarray(3 * 96 * row, 3 * 96 * row + 3);
      expect(Math.abs(red! - 8 * i)).toBeLessThan(5);
    }
  });

  it("refuses what Node refuses, in the same words", async () => {
    const [png, jpeg, webp] = await Promise.all(
      ["opaque.png", "photo.jpg", "lossy.webp"].map(fileOf),
    );
    for (const [what, [code, bytes]] of Object.entries(badPictures(png!, jpeg!, webp!))) {
      const refused = readPicture(bytes, browserDecoder);
      await expect(refused, what).rejects.toMatchObject({ code });
    }
  });
});
