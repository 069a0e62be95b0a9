import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { matchTable, readIsland } from "../../../src/cli/options";
import { predict } from "../../../src/cli/predict";
import { readTableFile } from "../../../src/cli/read-table-file";
import { train } from "../../../src/cli/train";
import { normal, seededRandom } from "../../../src/engine/ground/random";
import { findPython } from "../../find-python";
import { installRuntime } from "../../native-runtime";

const folder = mkdtempSync(join(tmpdir(), "berth-values-"));
const path = (name: string) => join(folder, name);
const python = findPython();

/** Run the command; what it said on standard error, and the rows of the table with predictions. */
async function run(table: string, args: readonly string[]) {
  vi.restoreAllMocks();
  writeFileSync(path("mine.csv"), table);
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await predict([path("mine.csv"), ...args, "--out", path("out.csv"), "--json"]);
  const done = JSON.parse(log.mock.calls.flat().join("\n")) as {
    readonly features: { readonly found: number; readonly of: number };
    readonly matches: readonly object[];
  };
  const [names, ...rows] = readFileSync(path("out.csv"), "utf8").trimEnd().split("\n");
  const at = names!.split(",").findIndex((name) => name.startsWith("predicted_"));
  const predicted = rows.map((row) => row.split(",").slice(at));
  return { said: error.mock.calls.flat().join("\n"), done, predicted };
}

afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("berth predict joins values by meaning", () => {
  /** Birds as one finds them, each male or female, as that is written. */
  function birds(name: string, sexes: readonly [string, string], billed = "bill"): string {
    const random = seededRandom(5);
    const lines = Array.from({ length: 120 }, (_, i) => {
      const large = i % 3 === 0 ? 1 : 0;
      const bill = (38 + 9 * large + 2 * normal(random)).toFixed(1);
      const depth = (18.5 - 3.5 * large + 0.8 * normal(random)).toFixed(1);
      const [flipper, mass] = [190 + 27 * large + 5 * normal(random), 3700 + 1300 * large];
      return `${bill},${depth},${flipper.toFixed(0)},${mass + (i % 7) * 40},${sexes[i % 2]!}`;
    });
    const header = `${billed}_length_mm,${billed}_depth_mm,flipper_length_mm,body_mass_g,${name}`;
    return [header, ...lines].join("\n") + "\n";
  }
  const dock = ["--dock", "public/starter"];

  test("m and f are male and female, and it says so; a culmen is a bill", async () => {
    const known = await run(birds("sex", ["male", "female"]), dock);
    expect(known.said).not.toContain("values joined");
    const short = await run(birds("Gender", ["m", "f"], "culmen"), dock);
    expect(short.said).toContain('values joined: in "Gender", as sex, m is male, f is female');
    expect(short.done.features).toEqual({ found: 5, of: 5 });
    const values = [
      ["m", "male"],
      ["f", "female"],
    ];
    expect(short.done.matches.at(-1)).toEqual({ feature: "sex", column: "Gender", values });
    expect(short.predicted).toEqual(known.predicted);
    const chinese = await run(birds("性别", ["男", "女"]), dock);
    expect(chinese.predicted).toEqual(known.predicted);
  });

  test("a column whose values are all others is left out, and the rest is used", async () => {
    const { said, done } = await run(birds("sex", ["buck", "doe"]), dock);
    expect(said).toContain(
      'left out: "sex" as sex, of whose values (buck, doe) none is known (male, female)',
    );
    expect(said).toMatch(/^missing, and filled in .*: sex$/m);
    expect(done.features).toEqual({ found: 4, of: 5 });
  });

  /** Customers who say what they are in a column of their own. */
  function customers(name: string, sexes: readonly [string, string]): string {
    const random = seededRandom(6);
    const lines = Array.from({ length: 200 }, (_, i) => {
      const yes = (share: number) => (random() < share ? "Yes" : "No");
      const tenure = 1 + Math.floor(70 * random());
      const monthly = 20 + 90 * random();
      const net = ["Fiber optic", "DSL"][i % 2]!;
      const pay = ["Electronic check", "Mailed check"][Number(random() < 0.5)]!;
      const term = ["Month-to-month", "Two year", "One year"][i % 3]!;
      const services = Array.from({ length: 4 }, () => yes(0.4));
      return [
        ...[sexes[Number(random() < 0.5)]!, Number(random() < 0.2), yes(0.5), yes(0.3), tenure],
        ...[yes(0.9), net, ...services, term, yes(0.6), pay],
        ...[monthly.toFixed(2), (monthly * tenure).toFixed(2)],
      ].join(",");
    });
    const header = `${name},SeniorCitizen,Partner,Dependents,tenure,PhoneService,InternetService,OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,Contract,PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges`;
    return [header, ...lines].join("\n") + "\n";
  }

  test("gender is `female`, and so is `is_male` turned round", async () => {
    const known = await run(customers("female", ["1", "0"]), dock);
    expect(known.done.features).toEqual({ found: 16, of: 16 });
    for (const [name, sexes] of [
      ["gender", ["Female", "Male"]],
      ["is_male", ["no", "yes"]],
      ["is_male", ["0", "1"]],
      ["female", ["ja", "nein"]],
    ] as const) {
      const { said, predicted, done } = await run(customers(name, sexes), dock);
      expect(done.features, name).toEqual({ found: 16, of: 16 });
      expect(said).toContain(`values joined: in "${name}", as female`);
      expect(predicted).toEqual(known.predicted);
    }
  });
});

describe("an export knows the values that were joined", () => {
  const learnware = path("flats.zip");
  const flats = (balcony: readonly [string, string], month: readonly string[]) => {
    const random = seededRandom(1);
    const lines = Array.from({ length: 300 }, () => {
      const size = 60 + 8 * normal(random);
      const [has, at] = [random() < 0.5, Math.floor(12 * random())];
      const rent = 200 + 10 * size + (has ? 80 : 0) + 9 * at + 3 * normal(random);
      return `${size.toFixed(2)},${balcony[Number(has)]!},${month[at]!},${rent.toFixed(2)}`;
    });
    return ["size,balcony,month,rent", ...lines].join("\n") + "\n";
  };
  const numbers = Array.from({ length: 12 }, (_, i) => String(i + 1));
  const names = "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez".split(" ");

  beforeAll(async () => {
    vi.spyOn(console, "log").mockImplementation(() => undefined);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    writeFileSync(path("flats.csv"), flats(["no", "yes"], numbers));
    const options = ["--features", "size,balcony,month", "--model", "linear"];
    await train([
      ...[path("flats.csv"), "--target", "rent", ...options],
      ...["--island-out", path("island.json"), "--out", learnware],
    ]);
  });

  test("yes and no in German, and months by name, predict as they do here", async () => {
    const built = path("built");
    const known = await run(flats(["no", "yes"], numbers), ["--with", learnware]);
    const german = await run(flats(["nein", "ja"], names), [
      ...["--with", learnware, "--way", "average", "--export", built],
    ]);
    expect(german.said).toMatch(/as balcony, (nein is 0, ja is 1|ja is 1, nein is 0)$/m);
    expect(german.predicted).toEqual(known.predicted);
    installRuntime(built);
    const scripts = [
      [process.execPath, "predict.mjs"],
      ...(python ? [[python, "predict.py"] as const] : []),
    ] as const;
    for (const [program, script] of scripts) {
      execFileSync(program, [join(built, script), path("mine.csv"), path("again.csv")]);
      const again = readFileSync(path("again.csv"), "utf8").trimEnd().split("\n").slice(1);
      again.forEach((value, i) => {
        const here = Number(german.predicted[i]![0]);
        // The download has seven figures.
        expect(Math.abs(Number(value) - here) / here).toBeLessThan(1e-5);
      });
    }
  });

  test("who trains on an island, or describes a table, is told the same", async () => {
    writeFileSync(path("german.csv"), flats(["nein", "ja"], names));
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    matchTable(readIsland(path("island.json")), await readTableFile(path("german.csv")));
    const said = error.mock.calls.flat().join("\n");
    expect(said).toMatch(/^3 of 3 features .* found\nvalues joined: in "balcony", as balcony, /);
    writeFileSync(path("odd.csv"), flats(["south", "west"], names));
    matchTable(readIsland(path("island.json")), await readTableFile(path("odd.csv")));
    expect(error.mock.calls.flat().join("\n")).toMatch(
      /^left out: "balcony" as balcony, of whose values \((south, west|west, south)\) none is known$/m,
    );
  });
});
