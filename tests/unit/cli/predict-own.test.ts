import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { seededRandom } from "../../../src/engine/ground/random";
import { tableSpace } from "../../../src/engine/kinds/space";
import { openLearnware } from "../../../src/engine/learnware/package";
import { findPython } from "../../find-python";
import { passengers } from "../../fixtures/passengers";
import { installRuntime } from "../../native-runtime";

const python = findPython();
const interpreters = [
  [process.execPath, "predict.mjs"],
  ...(python ? [[python, "predict.py"] as const] : []),
] as const;

const folder = mkdtempSync(join(tmpdir(), "berth-own-"));
const file = join(folder, "passengers.csv");
const out = join(folder, "filled.csv");
writeFileSync(
  file,
  passengers(400, (row) => row % 2 === 1, { withAlive: true }),
);
const said: string[] = [];
vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
vi.spyOn(console, "error").mockImplementation(() => undefined);
afterEach(() => said.splice(0));
afterAll(() => vi.restoreAllMocks());

function rowsOf(path: string): Record<string, string>[] {
  const text = readFileSync(path, "utf8");
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

describe("berth predict --own", () => {
  test("fills in a column from the rows in which it is known, and says how good that is", async () => {
    await predict([file, "--own", "--target", "survived", "--without", "alive", "--out", out]);
    const [before, after] = [rowsOf(file), rowsOf(out)];
    expect(after).toHaveLength(400);
    expect(after.every((row) => /^[01]$/.test(row["predicted_survived"]!))).toBe(true);
    expect(after.map((row) => Object.values(row).slice(0, 9))).toEqual(
      before.map((row) => Object.values(row)),
    );
    expect(said[0]).toBe(
      "survived is predicted as classes (0, 1); --task regression for the other",
    );
    expect(said[1]).toMatch(/ learned from 200 rows with an answer, and predicts the 200 without$/);
    expect(said[2]).toMatch(
      /^right in [\d.]+ % on 200 rows it had not seen \(95 %: .*\); always saying the most frequent: /,
    );
    expect(said).toContain('not learned from: "ticket_id", it tells rows apart');
    expect(said).toContain('not learned from: "alive", as asked');
  });

  test("warns of a column that tells the answer", async () => {
    await predict([file, "--own", "--target", "survived", "--out", out]);
    expect(said.filter((line) => line.startsWith("caution"))).toEqual([
      expect.stringContaining('"alive" alone tells survived almost perfectly'),
    ]);
  });

  test("warns where nothing was learned that is better than the trivial answer", async () => {
    const random = seededRandom(3);
    const noise = join(folder, "noise.csv");
    const rows = Array.from({ length: 80 }, (_, i) => {
      const answer = i % 2 === 0 ? "" : random() < 0.5 ? "yes" : "no";
      return `${random().toFixed(3)},${random().toFixed(3)},${answer}`;
    });
    writeFileSync(noise, ["a,b,y", ...rows].join("\n"));
    await predict([noise, "--own", "--target", "y", "--out", out]);
    expect(said.join("\n")).toMatch(/caution: no better than the trivial answer/);
    said.splice(0);
    await predict([noise, "--own", "--target", "y", "--out", out, "--json"]);
    expect(JSON.parse(said.join("\n"))).toMatchObject({ useless: true });
  });

  test("tells the same as JSON", async () => {
    await predict([file, "--own", "--target", "fare", "--json", "--out", out]);
    expect(JSON.parse(said[0]!)).toMatchObject({
      ...{ out, way: "own_model", target: "fare", task: "regression", answers: 400, wanted: 0 },
      figures: { measure: "rmse", rows: 400 },
    });
    expect(Object.keys(rowsOf(out)[0]!).slice(-3)).toEqual([
      ...["predicted_fare", "predicted_fare_low", "predicted_fare_high"],
    ]);
  });

  test("predicts another file of such columns", async () => {
    const other = join(folder, "other.csv");
    writeFileSync(
      other,
      passengers(30, () => false, { seed: 4 }),
    );
    const args = [file, "--own", "--target", "survived", "--without", "alive"];
    await predict([...args, "--on", other, "--out", out]);
    expect(rowsOf(out).map((row) => row["name"])).toEqual(rowsOf(other).map((row) => row["name"]));
    const found = new Set(rowsOf(out).map((row) => row["predicted_survived"]));
    expect([...found].sort()).toEqual(["0", "1"]);
  });

  test("refuses another file that has none of the columns", async () => {
    const strange = join(folder, "strange.csv");
    writeFileSync(strange, "foo,bar\n1,2\n3,4\n");
    const own = ["--own", "--target", "survived", "--without", "alive"];
    await expect(predict([file, ...own, "--on", strange, "--out", out])).rejects.toThrow(
      "has none of the columns that the model learned from",
    );
  });

  test("fills the empty cells in the words and the way of writing of their column", async () => {
    const random = seededRandom(5);
    const tests = join(folder, "tests.csv");
    const lines = Array.from({ length: 90 }, (_, i) => {
      const high = random();
      const found = i % 3 === 0 ? "NA" : high > 0.7 ? "+ve" : high > 0.4 ? "none" : "-ve";
      return `${high.toFixed(3)},${found},${i % 3 === 1 ? "NA" : `${(50 + 20 * high).toFixed(1)} kg`}`;
    });
    writeFileSync(tests, `${["high,found,weight", ...lines].join("\n")}\n`);
    const args = [tests, "--own", "--missing=only:NA", "--fill-empty", "--out", out];
    const kept = (row: Record<string, string>, before: Record<string, string>, name: string) =>
      before[name] === "NA" ? row[name] !== "NA" : row[name] === before[name];
    await predict([...args, "--target", "found"]);
    rowsOf(out).forEach((row, i) => expect(kept(row, rowsOf(tests)[i]!, "found")).toBe(true));
    expect(new Set(rowsOf(out).map(({ found }) => found))).toEqual(new Set(["+ve", "none", "-ve"]));
    await predict([...args, "--target", "weight"]);
    rowsOf(out).forEach((row, i) => expect(kept(row, rowsOf(tests)[i]!, "weight")).toBe(true));
    expect(rowsOf(out).every(({ weight }) => /^\d\d(\.\d+)? kg$/.test(weight!))).toBe(true);
  });

  test("writes the rows alone in which the column is empty, of another file too", async () => {
    const args = [file, "--own", "--target", "survived", "--out", out];
    await predict(args);
    const wanted = rowsOf(out).filter((row) => row["survived"] === "");
    said.splice(0);
    await predict([...args, "--only-empty"]);
    expect(wanted).toHaveLength(200);
    expect(rowsOf(out)).toEqual(wanted);
    expect(said.at(-1)).toBe(`${out}: the rows in which survived is empty`);
    const other = join(folder, "gaps.csv");
    writeFileSync(
      other,
      passengers(30, (row) => row % 3 === 0, { seed: 4 }),
    );
    await predict([...args, "--on", other, "--only-empty", "--fill-empty"]);
    expect(rowsOf(out).map((row) => row["name"])).toEqual(
      rowsOf(other).flatMap((row) => (row["survived"] === "" ? [row["name"]] : [])),
    );
    expect(rowsOf(out).every((row) => /^[01]$/.test(row["survived"]!))).toBe(true);
    writeFileSync(other, "name,age\nAnn,5\nBob,6\n");
    await expect(predict([...args, "--on", other, "--only-empty"])).rejects.toThrow(
      `${other} has no column "survived"`,
    );
  });

  describe("reads another file as the one that it learned from", () => {
    const error = vi.mocked(console.error);
    /** Sales that depend on the month; half of them are not known. */
    const sales = (rows: readonly (readonly [at: string, ad: string, month: number])[]) =>
      `at,ad,sold\n${rows.map(([at, ad, month], i) => `${at},${ad},${i % 2 === 0 ? 10 * month : ""}`).join("\n")}\n`;
    const own = join(folder, "sales.csv");
    const other = join(folder, "open.csv");
    const random = seededRandom(9);
    const dated = Array.from({ length: 300 }, () => {
      const [day, month] = [1 + Math.floor(28 * random()), 1 + Math.floor(12 * random())];
      return [`${month}/${day}/2021`, random() < 0.1 ? "unk" : `${day % 3}.5 min`, month] as const;
    });
    const predicted = () => rowsOf(out).map((row) => Number(row["predicted_sold"]));

    test("dates whose order is open have the order of the other's", async () => {
      writeFileSync(own, sales(dated));
      writeFileSync(other, "at,ad\n2/11/2021,5.5 h\n11/2/2021,5.5 h\n3/12/2021,\n");
      error.mockClear();
      await predict([own, "--own", "--target", "sold", "--on", other, "--out", out]);
      predicted().forEach((sold, i) => expect(Math.abs(sold - [20, 110, 30][i]!)).toBeLessThan(8));
      const told = error.mock.calls.flat().join("\n");
      expect(told).toContain(
        `${other}: dates in "at" could have the day or the month first; the month was taken`,
      );
      expect(told).toContain(
        `${other}: "ad" has h, and min in the rows learned from; nothing is converted`,
      );
    });

    test("what was said of cells holds for both, and a column that lacks is said", async () => {
      writeFileSync(own, sales(dated));
      writeFileSync(other, "at,sold\n2/11/2021,unk\n11/2/2021,NA\n3/12/2021,5\n");
      error.mockClear();
      const args = [own, "--own", "--target", "sold", "--on", other, "--out", out, "--fill-empty"];
      await predict([...args, "--missing=only:unk", "--date-order=day"]);
      const filled = rowsOf(out).map(({ sold }) => sold!);
      expect(filled.slice(1)).toEqual(["NA", "5"]);
      expect(Number.isFinite(Number(filled[0]))).toBe(true);
      const said = error.mock.calls.flat().join("\n");
      expect(said).toContain(`${other}: no column "ad"; it counts as not known`);
      expect(said).not.toContain("could have the day or the month first");
    });
  });

  test.each([
    [["--own"], /--own needs --target/],
    [["--own", "--target", "nowhere"], /there is no column "nowhere"/],
    [["--own", "--target", "fare", "--without", "nowhere"], /no column "nowhere"/],
    [["--own", "--target", "name"], /too many different values|occurs only once/],
    [["--own", "--target", "fare", "--dock", folder], /cannot be used with --dock/],
    [["--own", "--target", "fare", "--seed", "x"], /--seed is a whole number/],
    [["--own", "--target", "fare", "--only-empty"], /no cell of "fare" is empty/],
  ])("%j is refused, and nothing is written", async (args, message) => {
    const nothing = join(folder, "nothing.csv");
    await expect(predict([file, ...args, "--out", nothing])).rejects.toThrow(message);
    expect(existsSync(nothing)).toBe(false);
  });
});

/** How a day and hour of April 1912 can be written, of the forms that scripts read. */
const dated: Readonly<Record<string, (day: number, hour: number) => string>> = {
  "the day first": (day, hour) => `${day}/04/1912 ${1 + hour}:30 PM`,
  "the month first": (day, hour) => `4/${day}/12 ${hour}:15`,
  "months by name": (day, hour) => `${day}. März 1912 ${hour}:15`,
  "an offset from UTC": (day, hour) =>
    `1912-04-${String(day).padStart(2, "0")}T2${hour % 4}:10:00-05:30`,
};

/** What a shop takes by the weekday and the hour; half of it is not known. */
function takings(written: (typeof dated)[string]): string {
  const random = seededRandom(6);
  const lines = Array.from({ length: 400 }, (_, row) => {
    const [day, hour] = [1 + Math.floor(28 * random()), Math.floor(10 * random())];
    const rain = 20 * random();
    const shop = ["North", "South", ""][Math.floor(3 * random())]!;
    const taken = 10 * (day % 7) + 5 * hour + (shop === "North" ? 20 : 0) + rain + random();
    return `${shop},${written(day, hour)},${rain.toFixed(1)} mm,${row % 2 === 0 ? "" : taken.toFixed(2)}`;
  });
  return `${["shop,at,rain,taken", ...lines].join("\n")}\n`;
}

describe("berth predict --own --export", () => {
  const again = join(folder, "again.csv");

  test.each(Object.entries(dated))(
    "writes scripts that predict the same: %s",
    async (name, written) => {
      const built = join(folder, name);
      const file = join(folder, "takings.csv");
      writeFileSync(file, takings(written));
      await predict([file, "--own", "--target", "taken", "--export", built, "--out", out]);
      installRuntime(built);
      for (const [program, script] of interpreters) {
        execFileSync(program, [join(built, script), file, again]);
        const [here, there] = [rowsOf(out), rowsOf(again)];
        expect(there).toHaveLength(400);
        here.forEach((row, i) => {
          if (row["taken"] !== "") return; // By models that had not seen it.
          const [one, other] = [there[i]!, row].map((each) => Number(each["predicted_taken"]));
          expect(Math.abs(one! / other! - 1), `row ${i}`).toBeLessThan(1e-4);
        });
      }
      const plan = JSON.parse(readFileSync(join(built, "predict.json"), "utf8")) as object;
      expect(plan).toMatchObject({
        inputs: [{ is: "south" }, { is: "north" }, { part: "year" }, {}, {}, { column: "rain" }],
        cells: { rain: { unit: "mm" } },
      });
    },
    60_000,
  );

  test("writes a learnware that predicts the same wherever Berth runs", async () => {
    const built = join(folder, "built");
    writeFileSync(
      file,
      passengers(600, (row) => row % 2 === 1),
    );
    const args = [file, "--own", "--target", "survived", "--without", "boarded"];
    await predict([...args, "--export", built, "--out", out]);
    const zip = join(built, "learnware.zip");
    const { manifest, space } = await openLearnware(readFileSync(zip));
    expect(manifest).toMatchObject({
      model: { target: "survived", input: { features: ["class", "sex", "age", "fare"] } },
      metrics: [{ name: "accuracy", rows: 300 }],
    });
    expect(tableSpace(space!).features.find(({ name }) => name === "sex")?.categories).toHaveLength(
      2,
    );
    await predict([file, "--with", zip, "--way", "average", "--out", again]);
    const [here, there] = [rowsOf(out), rowsOf(again)];
    here.forEach((row, i) => {
      if (row["survived"] !== "") return;
      expect(there[i]!["predicted_survived"]).toBe(row["predicted_survived"]);
    });
    const readme = readFileSync(join(built, "README.md"), "utf8");
    expect(readme).toMatch(/^survived: .* learned from 300 rows with an answer; right in /m);
  }, 60_000);
});
