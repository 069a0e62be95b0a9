import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { EngineError } from "../../../../../src/engine/ground/errors";
import { seededRandom } from "../../../../../src/engine/ground/random";
import { readHead } from "../../../../../src/engine/kinds/image/read/picture-head";
import { withOrientation } from "../../../../fixtures/pictures/bad-pictures";

const folder = join(import.meta.dirname, "../../../../fixtures/pictures");
const files = new Map(
  readdirSync(folder)
    .filter((name) => /\.(jpg|png|gif|bmp|webp|avif)$/.test(name))
    .map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]),
);

describe("the first bytes of a picture", () => {
  it.each([
    ["photo.jpg", "jpeg", 200, 150, 1],
    ["turned.jpg", "jpeg", 110, 64, 6],
    ["deep.png", "png", 60, 60, 1],
    ["frame.gif", "gif", 72, 54, 1],
    ["plain.bmp", "bmp", 50, 40, 1],
    ["lossy.webp", "webp", 150, 100, 1],
    ["lossless.webp", "webp", 60, 60, 1],
    ["clear.webp", "webp", 80, 80, 1],
    ["plain.avif", "avif", 80, 60, 1],
  ])("tell what %s is", (name, format, width, height, orientation) => {
    expect(readHead(files.get(name)!)).toEqual({ format, width, height, orientation });
  });

  it("count, whatever the file is called or has behind its end", () => {
    const photo = files.get("photo.jpg")!;
    const longer = Uint8Array.from([...photo, 1, 2, 3, 0xff, 4]);
    expect(readHead(longer)).toMatchObject({ format: "jpeg", width: 200 });
  });

  it("leave a picture as it is where its orientation is none", () => {
    const photo = files.get("photo.jpg")!;
    expect(readHead(withOrientation(photo, 8)).orientation).toBe(8);
    expect(readHead(withOrientation(photo, 9)).orientation).toBe(1);
    expect(readHead(withOrientation(photo, 0)).orientation).toBe(1);
  });

  it.each([...files.keys()])("of a cut %s are refused with a code, or are enough", (name) => {
    const bytes = files.get(name)!;
    const random = seededRandom(1);
    for (let k = 0; k < 300; k++) {
      const length = k < 100 ? k : Math.floor(random() * bytes.length);
      expectCode(bytes.subarray(0, length));
    }
  });

  it.each([...files.keys()])("of a garbled %s are refused with a code, or are read", (name) => {
    const random = seededRandom(2);
    for (let k = 0; k < 500; k++) {
      const bytes = files.get(name)!.slice();
      for (let i = 0; i < 4; i++) {
        bytes[Math.floor(random() * Math.min(400, bytes.length))] = Math.floor(256 * random());
      }
      expectCode(bytes);
    }
  });
});

/** Nothing but a size within the limits, or a refusal. */
function expectCode(bytes: Uint8Array): void {
  try {
    const { width, height } = readHead(bytes);
    expect(width * height).toBeGreaterThan(0);
    expect(width * height).toBeLessThanOrEqual(100_000_000);
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
  }
}
