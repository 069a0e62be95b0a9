import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { flightDelays, houseSales } from "../../../src/cli/starter/markets";
import { samples } from "../../../src/cli/starter/samples";
import { StarterIndex } from "../../../src/contracts/starter";
import { openLearnware } from "../../../src/engine/learnware/package";
import { decodeStat } from "../../../src/engine/spec/codec";

const publicFolder = join(import.meta.dirname, "../../../public");
const index = StarterIndex.parse(
  JSON.parse(readFileSync(join(publicFolder, "starter/index.json"), "utf8")),
);

describe("the starter dock", () => {
  test("has at least 60 learnwares on at least 8 islands in less than 25 MB", () => {
    expect(index.packages.length).toBeGreaterThanOrEqual(60);
    expect(index.islands.length).toBeGreaterThanOrEqual(8);
    expect(index.packages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBeLessThan(25e6);
  });

  test("holds back domains for tests", () => {
    const ids = index.packages.map(({ id }) => id);
    expect(houseSales.heldOut!.length).toBeGreaterThanOrEqual(10);
    expect(flightDelays.heldOut!.length).toBeGreaterThanOrEqual(5);
    for (const zip of houseSales.heldOut!) expect(ids).not.toContain(`house-sales-${zip}`);
    for (const dest of flightDelays.heldOut!) {
      expect(ids).not.toContain(`flight-delays-${dest.toLowerCase()}`);
    }
  });

  test("every learnware opens, belongs to its island, and names its licence and its quality", async () => {
    const islands = new Map(index.islands.map((island) => [island.id, island]));
    for (const { id, sha256 } of index.packages) {
      const bytes = readFileSync(join(publicFolder, "starter/packages", `${id}.zip`));
      expect(createHash("sha256").update(bytes).digest("hex"), id).toBe(sha256);
      const { manifest, semantic, stat } = await openLearnware(bytes);
      const island = islands.get(manifest.island.id)!;
      const { rkme, extras } = decodeStat(stat);
      expect(rkme.gamma, id).toBe(island.gamma);
      expect(extras, id).toMatchObject({ island: island.id, islandVersion: island.version });
      expect(semantic.License.Values, id).toHaveLength(1);
      expect(manifest.metrics.length, id).toBeGreaterThan(0);
      // Each point stands for at least five rows, so there are at least five rows for each point.
      expect(rkme.rowCount / rkme.points.rows, id).toBeGreaterThanOrEqual(5);
    }
  });
});

test("the samples in the repository are those the seeded script makes", () => {
  for (const [name, text] of Object.entries(samples())) {
    expect(readFileSync(join(publicFolder, "samples", name), "utf8"), name).toBe(text);
  }
});
