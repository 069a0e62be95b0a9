import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { train } from "../../../src/cli/train";
import { openLearnware, packLearnware } from "../../../src/engine/learnware/package";
import { runnableModel } from "../../../src/engine/learnware/runnable-model";
import { normal, seededRandom } from "../../../src/engine/ground/random";
import { installRuntime } from "../../native-runtime";
import { findPython } from "../../find-python";

/** What runs the scripts of an export, and which of them. */
const python = findPython();
const interpreters = [
  [process.execPath, "predict.mjs"],
  ...(python ? [[python, "predict.py"] as const] : []),
] as const;

const folder = mkdtempSync(join(tmpdir(), "berth-predict-"));
const path = (name: string) => join(folder, name);
const north = path("north.zip");
const south = path("south.zip");
const island = path("flats.island.json");
const table = path("mine.csv");
const TOWNS = { north: 0, south: 40 };

/** Flats whose rent is the same function of size and balcony everywhere; towns differ in their sizes. */
function flats(rows: number, town: keyof typeof TOWNS, seed: number, extra = 0): string {
  const random = seededRandom(seed);
  const lines = Array.from({ length: rows }, (_, i) => {
    const size = 60 + TOWNS[town] + 8 * normal(random);
    const balcony = random() < 0.5;
    const rent = 200 + 10 * size + (balcony ? 80 : 0) + extra + 3 * normal(random);
    return `${i},${size.toFixed(2)},${balcony ? "yes" : "no"},${rent.toFixed(2)}`;
  });
  return ["id,size,balcony,rent", ...lines].join("\n") + "\n";
}

interface Line {
  readonly rent: number;
  readonly predicted: number;
  readonly cells: readonly string[];
}

function read(file: string): { readonly names: string[]; readonly lines: Line[] } {
  const [names = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  return {
    names: names.split(","),
    lines: lines.map((line) => {
      const cells = line.split(",");
      return { rent: Number(cells[3]), predicted: Number(cells[4]), cells };
    }),
  };
}

const error = ({ lines }: ReturnType<typeof read>) =>
  lines.reduce((sum, { rent, predicted }) => sum + Math.abs(rent - predicted), 0) / lines.length;

/** What was printed on standard output. */
async function told(args: string[]): Promise<string> {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    await predict(args);
    return log.mock.calls.flat().join("\n");
  } finally {
    log.mockRestore();
  }
}

const outFile = path("out.csv");
const given = [table, "--with", north, "--with", south, "--out", outFile];

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  const options = ["--target", "rent", "--features", "size,balcony", "--model", "linear"];
  writeFileSync(path("north.csv"), flats(300, "north", 1));
  writeFileSync(path("south.csv"), flats(300, "south", 2));
  await train([path("north.csv"), ...options, "--island-out", island, "--out", north]);
  await train([path("south.csv"), ...options, "--island", island, "--out", south]);
  writeFileSync(table, flats(200, "south", 3));
});

afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe("berth predict", () => {
  test("writes the table again with predictions by the learnware that it looks like", async () => {
    const said = await told(given);
    expect(said).toContain('Predicted by "rent from south.csv" alone.');
    const out = read(outFile);
    expect(out.names).toEqual([
      ...["id", "size", "balcony", "rent", "predicted_rent", "far_from_training"],
    ]);
    expect(out.lines.map(({ cells }) => cells.slice(0, 4).join(","))).toEqual(
      readFileSync(table, "utf8").trimEnd().split("\n").slice(1),
    );
    expect(error(out)).toBeLessThan(5);
  });

  test("reads a table block by block to the same end", async () => {
    await told(given);
    const held = readFileSync(outFile, "utf8");
    await told([...given, "--stream"]);
    expect(readFileSync(outFile, "utf8")).toBe(held);
  });

  test("learns from answers how to reuse, and says how sure that is", async () => {
    // Here everything costs 500 more than where the learnwares come from; 60 rents are known.
    const [names = "", ...lines] = flats(200, "south", 4, 500).trimEnd().split("\n");
    const known = lines.map((line, i) => (i < 60 ? line : line.replace(/[^,]*$/, "")));
    writeFileSync(path("dear.csv"), [names, ...known].join("\n"));
    const args = [path("dear.csv"), ...given.slice(1), "--answers", "rent", "--json"];
    const done = JSON.parse(await told(args)) as {
      readonly basis: string;
      readonly way: string;
      readonly sentence: string;
      readonly ways: readonly { readonly name: string; readonly score: object | null }[];
    };
    expect(done.basis).toBe("labels");
    expect(done.way).not.toBe("average");
    expect(done.sentence).toContain("60 known rows");
    expect(done.ways.find(({ name }) => name === "stack")!.score).toMatchObject({
      measure: "rmse",
    });
    const out = read(outFile);
    expect(out.names).toEqual(
      expect.arrayContaining(["predicted_rent_low", "predicted_rent_high"]),
    );
    const truth = lines.map((line) => Number(line.split(",")[3]));
    const off = out.lines.map(({ predicted }, i) => Math.abs(predicted - truth[i]!));
    expect(off.slice(60).reduce((sum, one) => sum + one, 0) / 140).toBeLessThan(6);
  });

  test.each(["average", "weigh_by_row", "stack", "augment_linear"])(
    "writes what was built as files that predict the same without Berth: %s",
    async (way) => {
      const known = flats(200, "south", 4, 500).replace(/^((?:[0-9]?[02468]),.*,)[^,]*$/gm, "$1");
      writeFileSync(path("known.csv"), known);
      const answers = ["stack", "augment_linear"].includes(way) ? ["--answers", "rent"] : [];
      const folder = path(`built-${way}`);
      await told([
        ...[path("known.csv"), ...given.slice(1), "--way", way, "--export", folder, ...answers],
      ]);
      installRuntime(folder);
      const [[program, script]] = interpreters;
      execFileSync(program, [join(folder, script), path("known.csv"), path("again.csv")]);
      const [name, ...again] = readFileSync(path("again.csv"), "utf8").trimEnd().split("\n");
      expect(name).toBe("predicted_rent");
      const { lines } = read(outFile);
      expect(again).toHaveLength(lines.length);
      lines.forEach(({ predicted }, i) => {
        // The download has seven figures.
        expect(Math.abs(Number(again[i]) - predicted) / predicted).toBeLessThan(1e-5);
      });
      if (way === "augment_linear") return; // It takes columns that the island does not have.
      const { manifest, space: carried } = await openLearnware(
        readFileSync(join(folder, "learnware.zip")),
      );
      expect(runnableModel(manifest)).toMatchObject({
        target: "rent",
        features: ["size", "balcony"],
      });
      expect(carried!.id).toBe("north");
    },
  );

  test("writes scripts that read tables as Berth does: marks, missing values, no names", async () => {
    const [, ...lines] = flats(200, "south", 5).trimEnd().split("\n");
    const odd = lines.map((line, i) => {
      const [id, size, balcony, rent] = line.split(",") as [string, string, string, string];
      const pence = (1000 * Number(rent)).toFixed(2).replace(/(\d{3})(\d{3}\.)/, ".$1.$2");
      const written = `${size.replace(".", ",")}${i % 7 === 0 ? " €" : ""}`;
      const cells = [id, i % 9 === 0 ? "n/a" : written, i % 5 === 0 ? "?" : balcony];
      return [...cells, pence.replace(/^\.|\.(?=\d\d$)/g, "")].join(";");
    });
    const text = [";size;balcony;rent x", ...odd].join("\r\n");
    // In windows-1252 the euro sign is 0x80.
    writeFileSync(path("odd.csv"), Buffer.from(text.replaceAll("€", "\x80"), "latin1"));
    const folder = path("built-odd");
    await told([path("odd.csv"), ...given.slice(1), "--way", "average", "--export", folder]);
    installRuntime(folder);
    const out = readFileSync(outFile, "utf8").trimEnd().split(/\r?\n/).slice(1);
    for (const [program, script] of interpreters) {
      execFileSync(program, [join(folder, script), path("odd.csv"), path("again.csv")]);
      const again = readFileSync(path("again.csv"), "utf8").trimEnd().split("\n").slice(1);
      expect(again).toHaveLength(200);
      out.forEach((line, i) => {
        const predicted = Number(line.split(";")[4]!.replace(",", "."));
        expect(Math.abs(Number(again[i]) - predicted) / predicted, line).toBeLessThan(1e-5);
      });
    }
  });

  test("uses the way that is named", async () => {
    const done = JSON.parse(await told([...given, "--way", "average", "--json"])) as object;
    expect(done).toMatchObject({ way: "average", rows: 200, target: "rent", island: "north" });
  });

  test("finds learnwares on a dock of plain files", async () => {
    const out = path("wine.csv");
    const said = await told([
      ...["public/samples/wine-quality.csv", "--dock", "public/starter", "--out", out],
    ]);
    expect(said).toContain("wine");
    expect(readFileSync(out, "utf8").split("\n")[0]).toContain(",predicted_quality,");
  });

  test("leaves out a learnware whose model cannot be run, says so, and goes on", async () => {
    const sound = await openLearnware(readFileSync(south));
    const model = sound.model.subarray(0, 100);
    writeFileSync(path("broken.zip"), await packLearnware({ ...sound, model }));
    const [, ...others] = flats(100, "north", 6).trimEnd().split("\n");
    writeFileSync(path("both.csv"), `${flats(100, "south", 5)}${others.join("\n")}\n`);
    const zips = ["--with", north, "--with", path("broken.zip")];
    const args = [path("both.csv"), ...zips, "--out", outFile];
    await told(args);
    expect(JSON.parse(await told([...args, "--json"]))).toMatchObject({
      learnwares: [{ id: "north.zip" }],
      leftOut: [{ id: "broken.zip", code: "bad_model" }],
    });
    const { lines } = read(outFile);
    expect(lines).toHaveLength(200);
    for (const { predicted } of lines) expect(predicted).toBeGreaterThan(500);
  });

  test("writes the rows without an answer alone, as they are among all", async () => {
    const gaps = path("gaps.csv");
    writeFileSync(gaps, flats(90, "south", 6).replace(/^(\d*[02468],.*,)[^,\n]*$/gm, "$1NA"));
    const args = [gaps, ...given.slice(1), "--answers", "rent"];
    const without = (text: string) => text.split("\n").filter((_, i) => i === 0 || i % 2 === 1);
    await told(args);
    const whole = readFileSync(outFile, "utf8").trimEnd();
    await told([...args, "--only-empty"]);
    expect(readFileSync(outFile, "utf8")).toBe(`${without(whole).join("\n")}\n`);
    const json = path("out.json");
    await told([...args, "--only-empty", "--fill-empty", "--out", json]);
    const rows = JSON.parse(readFileSync(json, "utf8")) as { id: number; rent: number }[];
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 45 }, (_, i) => 2 * i));
    expect(rows.every(({ rent }) => rent > 500)).toBe(true);
  });

  test("refuses what is no learnware's zip", async () => {
    const bad = path("bad.zip");
    writeFileSync(bad, "not a zip");
    await expect(predict([table, "--with", bad])).rejects.toMatchObject({ code: "bad_package" });
  });

  test("refuses what it cannot do, saying what is needed", async () => {
    await expect(predict([table])).rejects.toThrow("berth predict FILE");
    await expect(predict([...given, "--way", "magic"])).rejects.toThrow("average, weigh_by_row");
    await expect(predict([...given, "--way", "stack"])).rejects.toThrow("--answers COLUMN");
    await expect(predict([...given, "--answers", "price"])).rejects.toThrow('no column "price"');
    await expect(predict([...given, "--target", "price"])).rejects.toThrow(
      "there are learnwares for rent",
    );
    await expect(predict([...given, "--stream", "--answers", "rent"])).rejects.toThrow("--stream");
    await expect(predict([...given, "--only-empty"])).rejects.toThrow(
      "--only-empty needs --answers COLUMN, or --own",
    );
    await expect(predict([...given, "--only-empty", "--answers", "rent"])).rejects.toThrow(
      'no cell of "rent" is empty',
    );
  });
});
