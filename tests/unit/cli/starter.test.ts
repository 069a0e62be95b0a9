import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";

import { flightDelays, houseSales } from "../../../src/cli/starter/markets";
import { packStarter } from "../../../src/cli/starter/pack-starter";
import { samples } from "../../../src/cli/starter/samples/samples";
import { isOfTables } from "../../../src/engine/kinds/space";
import { unzip } from "../../../src/engine/learnware/zip/unzip";
import { openLearnware } from "../../../src/engine/learnware/package";
import { decodeStat } from "../../../src/engine/specification/files/codec";
import { StaticLearnware, staticPaths } from "../../../src/contracts/static/static-dock";
import { readStarter, readZip, starterFolder } from "../../fixtures/read-starter";
import { patience } from "../../patience";

const starter = readStarter();
const learnwares = starter.flatMap((one) => one.learnwares);

describe("the starter dock", () => {
  test("has learnwares of tables, of texts and of pictures, in less than 12 MB", () => {
    const counts = { image: 0, table: 0, text: 0 };
    const islands = { image: 0, table: 0, text: 0 };
    for (const { island, learnwares: listed } of starter) {
      const kind = isOfTables(island.space) ? "table" : island.space.kind;
      counts[kind] += listed.length;
      islands[kind]++;
    }
    expect(islands).toEqual({ image: 2, table: 15, text: 3 });
    for (const count of Object.values(counts)) expect(count).toBeGreaterThanOrEqual(40);
    const files = readdirSync(starterFolder, { recursive: true, withFileTypes: true });
    const bytes = files
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name)).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(12e6);
  });

  test("holds back domains for tests", () => {
    const ids = learnwares.map(({ id }) => id);
    expect(houseSales.heldOut!.length).toBeGreaterThanOrEqual(10);
    expect(flightDelays.heldOut!.length).toBeGreaterThanOrEqual(5);
    for (const zip of houseSales.heldOut!) expect(ids).not.toContain(`house-sales-${zip}`);
    for (const dest of flightDelays.heldOut!) {
      expect(ids).not.toContain(`flight-delays-${dest.toLowerCase()}`);
    }
  });

  test("every learnware opens, belongs to its island, and names its licence and its quality", async () => {
    for (const { island, learnwares: listed } of starter) {
      for (const { id, package: name, ...one } of listed) {
        const bytes = readZip({ package: name });
        expect(createHash("sha256").update(bytes).digest("hex"), id).toBe(name.sha256);
        const { manifest, semantic, stat } = await openLearnware(bytes);
        expect(manifest.space.id, id).toBe(island.space.id);
        expect(manifest.model, id).toMatchObject({ task: one.task, target: one.target });
        const { rkme, extras } = decodeStat(stat);
        expect(rkme.kernel.gamma, id).toBe(island.space.kernel.gamma);
        expect(extras, id).toMatchObject({
          space: island.space.id,
          spaceVersion: island.space.version,
        });
        expect(semantic.License.Values, id).toHaveLength(1);
        expect(manifest.metrics.length, id).toBeGreaterThan(0);
        expect(extras?.book, id).toBe(island.space.book?.sha256);
        // Each point of its own stands for at least five rows, so there are at least five rows for each point.
        if (!extras?.book) expect(rkme.rowCount / rkme.points.rows, id).toBeGreaterThanOrEqual(5);
      }
    }
  });

  test("of texts and pictures are better than the commonest answer, speak Chinese, and say where they are from", () => {
    const pinned = starter.filter(({ island }) => !isOfTables(island.space));
    for (const { learnwares: listed } of pinned) {
      for (const { id, file } of listed) {
        const path = join(starterFolder, staticPaths.learnware(file.sha256));
        const { card } = StaticLearnware.parse(JSON.parse(readFileSync(path, "utf8")));
        expect(card.metrics[0]!.value, id).toBeGreaterThan(card.metrics[0]!.trivial + 0.3);
        expect(card.translations?.zh?.name, id).toMatch(/\p{Script=Han}/u);
        expect(card.source, id).toMatch(/CC0|CC BY|public domain/);
      }
    }
  });

  test(
    "packed again from its zips is the same to the byte",
    { timeout: patience(300) },
    async () => {
      const directory = await mkdtemp(join(tmpdir(), "berth-packed-"));
      const packed = learnwares.map((one) => ({ id: one.id, zip: readZip(one) }));
      const islands = starter.flatMap(({ island: { space } }) =>
        isOfTables(space) ? [space] : [],
      );
      const books = islands.flatMap(({ book }) =>
        book ? [readFileSync(join(starterFolder, staticPaths.book(book.sha256)))] : [],
      );
      await packStarter(islands, books, packed, directory);
      const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();
      expect(files).toEqual(
        readdirSync(starterFolder, { recursive: true, encoding: "utf8" }).sort(),
      );
      // Every other file is named by its contents.
      const index = (folder: string) => readFileSync(join(folder, "index.json"), "utf8");
      expect(index(directory)).toBe(index(starterFolder));
    },
  );
});

describe("the samples in the repository", () => {
  test("are those the seeded script makes, and take less than 300 kB beside the tables", async () => {
    let bytes = 0;
    for (const [name, made] of Object.entries(await samples())) {
      const kept = readFileSync(join(starterFolder, "../samples", name));
      if (/^(pictures|posts|sentences)/.test(name)) bytes += kept.length;
      if (name.endsWith(".zip")) expect(await pixelsOf(made), name).toEqual(await pixelsOf(kept));
      else expect(kept.toString(), name).toBe(Buffer.from(made).toString());
    }
    expect(bytes).toBeLessThan(300_000);
  });
});

/** By file name; how well a file is packed differs from one version of Node to the next. */
async function pixelsOf(zip: Uint8Array): Promise<Map<string, string>> {
  const pixels = new Map<string, string>();
  for (const [name, bytes] of await unzip(zip)) {
    const { data } = PNG.sync.read(Buffer.from(bytes));
    pixels.set(name, createHash("sha256").update(data).digest("hex"));
  }
  return pixels;
}
