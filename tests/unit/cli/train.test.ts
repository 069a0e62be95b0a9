import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeAll, describe, expect, test, vi } from "vitest";

import { spec } from "../../../src/cli/spec";
import { train } from "../../../src/cli/train";
import { Space } from "../../../src/engine/kinds/table/space/space";
import { runnableModel } from "../../../src/engine/learnware/runnable-model";
import { openLearnware } from "../../../src/engine/learnware/package";
import { seededRandom } from "../../../src/engine/ground/random";
import { decodeStat } from "../../../src/engine/specification/files/codec";

const folder = mkdtempSync(join(tmpdir(), "berth-cli-"));
const table = join(folder, "flats.csv");
const islandFile = join(folder, "flats.island.json");
const zipFile = join(folder, "flats.zip");

beforeAll(() => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const random = seededRandom(1);
  const rows = Array.from({ length: 200 }, (_, i) => {
    const size = 30 + 90 * random();
    return [`F${i}`, size.toFixed(1), random() < 0.5 ? "north" : "south", (2 * size).toFixed(1)];
  });
  writeFileSync(table, [["id", "size", "side", "rent"], ...rows].join("\n"));
});

describe("berth train", () => {
  test("founds an island from the usable columns and packs a learnware on it", async () => {
    await train([table, "--target", "rent", "--island-out", islandFile, "--out", zipFile]);
    const island = Space.parse(JSON.parse(readFileSync(islandFile, "utf8")));
    expect(island.features.map(({ name }) => name)).toEqual(["size", "side"]);
    const { manifest, space: carried } = await openLearnware(readFileSync(zipFile));
    expect(manifest.model).toMatchObject({ target: "rent", task: "regression" });
    expect(manifest.space).toEqual({ id: "flats", version: 1 });
    expect(carried).toEqual(island);
  });

  test("joins an island that is given, whatever the columns are called there", async () => {
    const renamed = join(folder, "renamed.csv");
    writeFileSync(
      renamed,
      readFileSync(table, "utf8").replace("id,size,side", "id,Size (m2),SIDE"),
    );
    await train([renamed, "--target", "rent", "--island", islandFile, "--out", zipFile]);
    const { manifest } = await openLearnware(readFileSync(zipFile));
    expect(runnableModel(manifest).features).toEqual(["size", "side"]);
  });

  test("refuses what it cannot do, saying what is needed", async () => {
    await expect(train([table])).rejects.toThrow("--target COLUMN is needed");
    await expect(train([table, "--target", "price"])).rejects.toThrow('no column "price"');
    await expect(train([table, "--target", "rent", "--model", "magic"])).rejects.toThrow(
      "auto, trees, linear",
    );
  });
});

test("berth spec writes what a search would send", async () => {
  const out = join(folder, "stat.json");
  await spec([table, "--island", islandFile, "--out", out]);
  const { rkme, extras } = decodeStat(readFileSync(out, "utf8"));
  expect(rkme.points.cols).toBe(3);
  expect(extras).toMatchObject({ space: "flats", spaceVersion: 1 });
});
