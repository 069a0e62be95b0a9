import JSZip from "jszip";
import { describe, expect, it } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { nodeDecoder } from "../../../../../src/cli/pictures/node-decoder";
import { filesOfZip, foldersOf } from "../../../../../src/engine/kinds/image/read/picture-files";
import { readPictures } from "../../../../../src/engine/kinds/image/read/read-pictures";
import { PNG } from "pngjs";
import { draw } from "../../../../fixtures/pictures/draw";

function png(seed: number): Uint8Array {
  const { width, height, data } = draw(20, 16, seed);
  const file = Object.assign(new PNG({ width, height }), { data: Buffer.from(data) });
  return PNG.sync.write(file);
}

async function zipOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(name, content);
  return zip.generateAsync({ type: "uint8array" });
}

describe("a zip of pictures", () => {
  it("is read file by file, and what is none is listed", async () => {
    const zip = await zipOf({
      "dogs/b.png": png(1),
      "cats/a.png": png(2),
      "cats/broken.png": png(3).subarray(0, 100),
      "notes.txt": "these are mine",
      "empty.jpg": "",
      "__MACOSX/cats/._a.png": "aside",
      "cats/.DS_Store": "aside",
    });
    const told: number[] = [];
    const { pictures, refused } = await finish(
      readPictures(await filesOfZip(zip), nodeDecoder),
      ({ done, total }) => told.push(done / total),
    );
    expect(pictures.map(({ name, size, raster }) => [name, size.width, raster.side])).toEqual([
      ["cats/a.png", 20, 16],
      ["dogs/b.png", 20, 16],
    ]);
    expect(refused.map(({ name, code }) => [name, code])).toEqual([
      ["cats/broken.png", "damaged_file"],
      ["empty.jpg", "empty_file"],
      ["notes.txt", "unsupported_picture"],
    ]);
    expect(told).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  });

  it("is refused if it is none, or a bomb", async () => {
    await expect(filesOfZip(png(1))).rejects.toMatchObject({ code: "bad_package" });
    const many = Object.fromEntries(Array.from({ length: 50_001 }, (_, i) => [`${i}.png`, ""]));
    await expect(filesOfZip(await zipOf(many))).rejects.toMatchObject({
      code: "package_too_large",
    });
  });
});

describe("folders of pictures", () => {
  it("are labels where there are several", () => {
    expect(foldersOf(["train/cats/a.png", "test/dogs/b.png"])).toEqual(["cats", "dogs"]);
  });

  it("tell nothing where there is one, or a picture lies in none", () => {
    expect(foldersOf(["all/a.png", "all/b.png"])).toBeNull();
    expect(foldersOf(["cats/a.png", "dogs/b.png", "c.png"])).toBeNull();
    expect(foldersOf([])).toBeNull();
  });
});
