import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { spec } from "../../../src/cli/spec";
import { train } from "../../../src/cli/train";
import { Space } from "../../../src/engine/kinds/table/space/space";
import { runnableModel } from "../../../src/engine/learnware/runnable-model";
import { openLearnware } from "../../../src/engine/learnware/package";
import { seededRandom } from "../../../src/engine/ground/random";
import { staticPaths } from "../../../src/contracts/static/static-dock";
import { fromRows, toRows } from "../../../src/engine/ground/matrix";
import { widthOf } from "../../../src/engine/kinds/table/space/encoded-width";
import { decodeBook, encodeBook } from "../../../src/engine/specification/files/book-file";
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

afterAll(() => vi.restoreAllMocks());

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

  test("says which rows and columns it left out, and why", async () => {
    const gappy = join(folder, "gappy.csv");
    const [head, ...lines] = readFileSync(table, "utf8").split("\n");
    const cut = lines.map((line, i) => (i < 3 ? line.replace(/[^,]*$/, "") : line));
    writeFileSync(gappy, [head, ...cut].join("\n"));
    const log = vi.mocked(console.log);
    log.mockClear();
    await train([gappy, "--target", "rent", "--island-out", join(folder, "g"), "--out", zipFile]);
    const said = log.mock.calls.map(([line]) => String(line));
    expect(said).toContain('rows left out because "rent" is empty: 3');
    expect(said).toContain('column left out: "id", it holds identifiers');
  });

  test.each([
    ["size,rent", /"rent" is what is to be predicted/],
    ["size,nowhere", /there is no column "nowhere"/],
  ])("refuses the features %s", async (features, message) => {
    const args = [table, "--target", "rent", "--features", features, "--out", zipFile];
    await expect(train(args)).rejects.toThrow(message);
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

  test("describes a table on the book of an island, and says so where there is none at hand", async () => {
    const island = Space.parse(JSON.parse(readFileSync(islandFile, "utf8")));
    const random = seededRandom(2);
    const points = fromRows(
      Array.from({ length: 40 }, () =>
        Array.from({ length: widthOf(island) }, () => 2 * random() - 1),
      ),
    );
    const book = encodeBook(points);
    const sha256 = createHash("sha256").update(book).digest("hex");
    const onBook = join(folder, "on-book.island.json");
    writeFileSync(onBook, JSON.stringify({ ...island, book: { sha256, points: 40 } }));
    const bookFile = join(folder, "book.npy");
    writeFileSync(bookFile, book);
    const files = join(folder, "dock");
    mkdirSync(dirname(join(files, staticPaths.book(sha256))), { recursive: true });
    writeFileSync(join(files, staticPaths.book(sha256)), book);

    const out = join(folder, "on-book.stat.json");
    const asked = [table, "--island", onBook, "--out", out];
    await expect(spec(asked)).rejects.toThrow("its 40 public points; give them with --book");
    await expect(spec([...asked, "--book", islandFile])).rejects.toThrow("is not the book");
    const texts: string[] = [];
    for (const place of [
      ["--book", bookFile],
      ["--dock", files],
    ]) {
      await spec([...asked, ...place]);
      texts.push(readFileSync(out, "utf8"));
    }
    expect(texts[0]).toBe(texts[1]);
    const { rkme, extras } = decodeStat(texts[0]!);
    expect(extras?.book).toBe(sha256);
    const known = new Set(toRows(decodeBook(book, points.cols)).map((row) => row.join()));
    for (const row of toRows(rkme.points)) expect(known).toContain(row.map(Math.fround).join());

    await train([
      table,
      "--target",
      "rent",
      "--island",
      onBook,
      "--book",
      bookFile,
      "--out",
      zipFile,
    ]);
    const { stat, space } = await openLearnware(readFileSync(zipFile));
    expect(decodeStat(stat).extras?.book).toBe(sha256);
    expect(space?.book).toBeUndefined();
  });

  test("names the column and the limit where a name is too long or answers are too large", async () => {
    const odd = join(folder, "odd.csv");
    const write = (name: string, answer: (i: number) => string) => {
      const rows = Array.from({ length: 60 }, (_, i) => `${i % 7}.5,${i % 4},${answer(i)}`);
      writeFileSync(odd, [`${name},b,y`, ...rows].join("\n"));
    };
    const trained = (...args: string[]) =>
      train([odd, "--target", "y", "--island-out", join(folder, "o"), "--out", zipFile, ...args]);
    write("x".repeat(300), String);
    await expect(trained()).rejects.toThrow(/"x{20}…" has 300 characters.*at most 200/);
    write("a", (i) => `${1 + i}.5e305`);
    await expect(trained()).rejects.toThrow(
      /numbers in "y" are too large.*up to 6\.\de\+306.*1e\+37/,
    );
    write("a", (i) => String(i % 2));
    const log = vi.mocked(console.log);
    log.mockClear();
    await trained();
    const said = log.mock.calls.map(([line]) => String(line)).join("\n");
    expect(said).toMatch(/"y" holds 2 different whole numbers .* --task classification/);
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
