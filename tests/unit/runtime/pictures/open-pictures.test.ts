import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { nodeDecoder } from "../../../../src/cli/pictures/node-decoder";
import { openLook } from "../../../../src/cli/pictures/open-look";
import { placeHere } from "../../../../src/cli/pictures/place-pictures";
import { loadEmbedder } from "../../../../src/cli/texts/place-texts";
import { asOneFile } from "../../../../src/client/workers/as-one-file";
import { finish } from "../../../../src/engine/ground/finish";
import { imageFiles } from "../../../../src/engine/kinds/image/spaces";
import { openPictures } from "../../../../src/runtime/pictures/open-pictures";
import { PlacedPictures } from "../../../../src/runtime/pictures/placed-pictures";
import { badPictures } from "../../../fixtures/pictures/bad-pictures";
import { drawnPng } from "../../../fixtures/pictures/drawn-png";

const fixture = (name: string) =>
  readFile(new URL(`../../../fixtures/pictures/${name}`, import.meta.url));
const bad = badPictures(
  drawnPng(1, 64, 64),
  await fixture("photo.jpg"),
  await fixture("lossy.webp"),
);

function folder(files: Readonly<Record<string, Uint8Array>>): File {
  const all = Object.entries(files).map(([path, bytes]) => ({
    ...{ path, file: new File([Buffer.from(bytes)], path) },
  }));
  return asOneFile("holiday", all);
}

const open = (file: File) => finish(openPictures(file, nodeDecoder));

describe("a folder of pictures", () => {
  it("is a table of their names, folders and sizes", async () => {
    const { read, rasters, files } = await open(
      folder({ 'dogs/b,"1".png': drawnPng(1), "cats/NA.png": drawnPng(2, 30, 40) }),
    );
    const { profile } = read;
    expect(profile.rows).toBe(2);
    expect(profile.format).toBe("pictures");
    expect(profile.columns.map(({ name }) => name)).toEqual(["file", "folder", "width", "height"]);
    expect(profile.preview).toEqual([
      ["cats/NA.png", "cats", "30", "40"],
      ['dogs/b,"1".png', "dogs", "20", "16"],
    ]);
    expect(rasters.map(({ side }) => side)).toEqual([30, 16]);
    expect(Buffer.from(await files[0]!.read())).toEqual(drawnPng(2, 30, 40));
    expect(profile.refused).toEqual({ count: 0, files: [] });
  });

  it("loses nothing of what is sound to what is not, and says what was left out", async () => {
    const broken = Object.entries(bad).map(
      ([what, [, bytes]], i) => [`${i} ${what}.png`, bytes] as const,
    );
    const { read } = await open(
      folder({ ...Object.fromEntries<Uint8Array>(broken), "sound.png": drawnPng(1) }),
    );
    expect(read.profile.rows).toBe(1);
    const { count, files } = read.profile.refused!;
    expect(count).toBe(broken.length);
    const codes = new Map(files.map(({ name, code }) => [name.replace(/^\d+ |\.png$/g, ""), code]));
    for (const [what, [code]] of Object.entries(bad))
      expect([what, codes.get(what)]).toEqual([what, code]);
  });

  it("is refused if there is no picture in it", async () => {
    const none = folder({
      "notes.txt": Buffer.from("mine"),
      "table.csv": Buffer.from("a,b\n1,2\n"),
    });
    await expect(open(none)).rejects.toMatchObject({ code: "no_pictures", details: { count: 2 } });
    await expect(open(folder({}))).rejects.toMatchObject({ code: "no_pictures" });
  });

  it.each(Object.entries(bad))(
    "is refused for its own reason if it is one file: %s",
    async (_, [code, bytes]) => {
      await expect(open(new File([Buffer.from(bytes)], "x.png"))).rejects.toMatchObject({ code });
    },
  );

  it("may be one picture, or a zip that says it is one", async () => {
    const alone = await open(new File([drawnPng(3)], "alone.png"));
    expect(alone.read.profile.preview).toEqual([["alone.png", "20", "16"]]);
    const broken = new File([Buffer.from("PK\x03\x04 and nothing else")], "x.zip");
    await expect(open(broken)).rejects.toMatchObject({ code: "damaged_file" });
  });
});

describe("pictures that are placed", () => {
  const rasters = Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const { rasters } = await open(new File([drawnPng(i, 40, 40)], "x.png"));
      return rasters[0]!;
    }),
  );

  it("lie where they lie on the command line, and are embedded once", async () => {
    const names = imageFiles();
    const loaded = names.map(async ({ name, sha256, bytes }) => {
      const file = await loadEmbedder(name, sha256);
      expect(file.length).toBe(bytes);
      return [name, file] as const;
    });
    const files = new Map(await Promise.all(loaded));
    const look = await openLook();
    try {
      const placed = new PlacedPictures(await rasters, look);
      const near = await finish(placed.nearness(files));
      const told: number[] = [];
      const photos = await finish(placed.place("photos", files), ({ done }) => told.push(done));
      expect(told).toEqual([]); // All twenty were looked at already.
      const { data, basis } = await placeHere(await rasters);
      expect(photos.points.get("photos")).toEqual(data.points.get("photos"));
      expect([...near].sort(([, a], [, b]) => b - a)[0]![0]).toBe(basis);
      await expect(finish(placed.place("smells", files))).rejects.toMatchObject({
        code: "unsupported_kind",
      });
    } finally {
      await look.dispose();
    }
  });
});
