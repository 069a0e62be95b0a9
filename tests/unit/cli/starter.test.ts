import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { flightDelays, houseSales } from "../../../src/cli/starter/markets";
import { packStarter } from "../../../src/cli/starter/pack-starter";
import { samples } from "../../../src/cli/starter/samples";
import { Space } from "../../../src/engine/kinds/table/space/space";
import { openLearnware } from "../../../src/engine/learnware/package";
import { decodeStat } from "../../../src/engine/specification/files/codec";
import { staticPaths } from "../../../src/contracts/static/static-dock";
import { readStarter, readZip, starterFolder } from "../../fixtures/read-starter";

const starter = readStarter();
const learnwares = starter.flatMap((one) => one.learnwares);

describe("the starter dock", () => {
  test("has at least 60 learnwares on at least 8 islands in less than 3 MB", () => {
    expect(learnwares.length).toBeGreaterThanOrEqual(60);
    expect(starter.length).toBeGreaterThanOrEqual(8);
    const files = readdirSync(starterFolder, { recursive: true, withFileTypes: true });
    const bytes = files
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name)).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3e6);
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

  test("packed again from its zips is the same to the byte", async () => {
    const directory = await mkdtemp(join(tmpdir(), "berth-packed-"));
    const packed = learnwares.map((one) => ({ id: one.id, zip: readZip(one) }));
    const islands = starter.map(({ island }) => Space.parse(island.space));
    const books = islands.flatMap(({ book }) =>
      book ? [readFileSync(join(starterFolder, staticPaths.book(book.sha256)))] : [],
    );
    await packStarter(islands, books, packed, directory);
    const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();
    expect(files).toEqual(readdirSync(starterFolder, { recursive: true, encoding: "utf8" }).sort());
    // Every other file is named by its contents.
    const index = (folder: string) => readFileSync(join(folder, "index.json"), "utf8");
    expect(index(directory)).toBe(index(starterFolder));
  });
});

test("the samples in the repository are those the seeded script makes", () => {
  for (const [name, text] of Object.entries(samples())) {
    const kept = join(starterFolder, "../samples", name);
    expect(readFileSync(kept, "utf8"), name).toBe(text);
  }
});
