import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import JSZip from "jszip";
import { describe, expect, it } from "vitest";

import { nodeDecoder } from "../../../../src/cli/pictures/node-decoder";
import { asOneFile } from "../../../../src/client/workers/as-one-file";
import { finish } from "../../../../src/engine/ground/finish";
import { readPictures } from "../../../../src/engine/kinds/image/read/read-pictures";
import { readDirectory } from "../../../../src/engine/learnware/zip/zip-directory";
import { directoryRecords, localRecord } from "../../../../src/engine/learnware/zip/zip-records";
import { filesOfZip } from "../../../../src/runtime/pictures/original-files";
import { sortedZip } from "../../../../src/runtime/pictures/sorted-zip";
import { drawnPng as png } from "../../../fixtures/pictures/drawn-png";

async function zipOf(
  files: Readonly<Record<string, Uint8Array | string>>,
  compression: "STORE" | "DEFLATE" = "DEFLATE",
): Promise<Blob> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(name, content);
  return new Blob([await zip.generateAsync({ type: "arraybuffer", compression })]);
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

  it("is refused if it is none, or has 100 000 entries", async () => {
    await expect(filesOfZip(new Blob([png(1)]))).rejects.toMatchObject({ code: "damaged_file" });
    await expect(filesOfZip(new Blob([]))).rejects.toMatchObject({ code: "damaged_file" });
    const names = Array.from({ length: 100_000 }, (_, i) => `${i}.png`);
    const entries = names.map((path) => ({
      ...{ path, method: 0, crc: 0, packedBytes: 0, bytes: 0, at: 0 },
    }));
    const many = new Blob([directoryRecords(entries, 0)]);
    await expect(filesOfZip(many)).rejects.toMatchObject({
      code: "too_many_files",
      details: { entries: 100_000, most: 50_000 },
    });
  });

  it("does not unpack a bomb to its end", async () => {
    const zip = await zipOf({ "bomb.png": new Uint8Array(105_000_000) });
    const { refused } = await finish(readPictures(await filesOfZip(zip), nodeDecoder));
    expect(refused).toMatchObject([{ name: "bomb.png", code: "unsupported_picture" }]);
    const [bomb] = await filesOfZip(zip);
    expect((await bomb!.read()).length).toBeLessThan(102_000_000);
  });

  it("is damaged where its end does not fit what stands before", async () => {
    const whole = Buffer.from(
      await (await zipOf({ "a.png": png(1), "b.png": png(2) })).arrayBuffer(),
    );
    const cut = new Blob([whole.subarray(400)]);
    await expect(
      filesOfZip(cut).then((files) => Promise.all(files.map((file) => file.read()))),
    ).rejects.toMatchObject({ code: "damaged_file" });
  });

  it("may be larger than 4 GB, and have more than 65 535 files", async () => {
    const at = 6 * 2 ** 30;
    const entry = { path: "far.png", method: 0, crc: 1, packedBytes: 5, bytes: 5, at };
    const entries = [
      ...Array.from({ length: 70_000 }, (_, i) => ({ ...entry, path: `${i}` })),
      entry,
    ];
    const end = directoryRecords(entries, at + 100);
    const read = async (from: number, to: number) => end.subarray(from - at - 100, to - at - 100);
    const far = await readDirectory({ bytes: at + 100 + end.length, read }, 80_000);
    expect(far).toHaveLength(70_001);
    expect(far.at(-1)).toMatchObject({ path: "far.png", at, bytes: 5 });
  });
});

describe("many files as one", () => {
  it("are a zip of the same files", async () => {
    const files = ["cats/a.png", "dogs/Ä b.png"].map((path, i) => ({
      path,
      file: new File([png(i)], "x.png"),
    }));
    const one = asOneFile("pets", files);
    expect(one.name).toBe("pets");
    const inside = await filesOfZip(one);
    expect(inside.map(({ name }) => name)).toEqual(["cats/a.png", "dogs/Ä b.png"]);
    expect(Buffer.from(await inside[1]!.read())).toEqual(png(1));
    const others = await JSZip.loadAsync(await one.arrayBuffer());
    expect(await others.file("cats/a.png")?.async("nodebuffer")).toEqual(png(0));
  });
});

describe("pictures sorted into a zip", () => {
  it.each(["STORE", "DEFLATE"] as const)(
    "are the same bytes, from a zip that is %s",
    async (how) => {
      const names = ["a.png", "deep/b.png"];
      const files = await filesOfZip(await zipOf({ "a.png": png(1), "deep/b.png": png(2) }, how));
      const paths = ["Katze 猫/a.png", "dog/b.png"];
      const told: number[] = [];
      const zip = await finish(sortedZip(files, paths), ({ done }) => told.push(done));
      expect(told).toEqual([0, 1]);
      const folder = await mkdtemp(join(tmpdir(), "berth-sorted-"));
      try {
        const file = join(folder, "sorted.zip");
        await writeFile(file, Buffer.from(await zip.arrayBuffer()));
        // Another program checks checksums and lengths, and makes the files.
        await promisify(execFile)("python3", ["-m", "zipfile", "-t", file]);
        await promisify(execFile)("python3", ["-m", "zipfile", "-e", file, folder]);
        for (const [i] of names.entries()) {
          expect(await readFile(join(folder, paths[i]!))).toEqual(png(i + 1));
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );

  it("holds what an entry's own record says", () => {
    const entry = { path: "a", method: 8, crc: 7, packedBytes: 3, bytes: 9 };
    const record = localRecord(entry);
    expect(record).toHaveLength(31);
    expect(new DataView(record.buffer).getUint32(14, true)).toBe(7);
  });
});
