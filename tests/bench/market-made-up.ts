/** @file Two small markets of made-up rows, for where there are none: one of numbers, one of classes. */

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { normal, type Random, seededRandom } from "../../src/engine/ground/random";

const DOMAINS = 12;
const ROWS = 240;
const FEATURES = ["age", "income", "distance", "visits", "score"];

/** @returns A folder with `markets/`. */
export function madeUpMarkets(): string {
  const folder = mkdtempSync(join(tmpdir(), "berth-markets-"));
  mkdirSync(join(folder, "markets"));
  write(folder, "made-up-numbers", "regression", (value) => value.toFixed(4));
  write(folder, "made-up-classes", "classification", (value) => (value > 0 ? "high" : "low"));
  return folder;
}

/** Domains lie in different places, and what they answer is alike where they lie near each other. */
function write(
  folder: string,
  name: string,
  task: "regression" | "classification",
  answerOf: (value: number) => string,
): void {
  const random = seededRandom(17);
  const draw = (of: Random) => FEATURES.map(() => normal(of));
  const common = draw(random);
  const lines = [["place", ...FEATURES, "answer"].join(",")];
  for (let domain = 0; domain < DOMAINS; domain++) {
    const middle = draw(random);
    const slopes = common.map((slope, k) => slope + 0.5 * middle[k]!);
    for (let row = 0; row < ROWS; row++) {
      const offsets = draw(random).map((value) => 0.6 * value);
      const cells = offsets.map((value, k) => middle[k]! + value);
      const value = offsets.reduce((sum, one, k) => sum + slopes[k]! * one, 0.3 * normal(random));
      lines.push([`place-${domain}`, ...cells.map((cell) => cell.toFixed(4)), answerOf(value)].join()); // prettier-ignore
    }
  }
  const meta = {
    ...{ name, task, domain_column: "place", target_column: "answer", time_column: null },
    ...{ rows: DOMAINS * ROWS, feature_groups: {}, about: "Made up." },
  };
  writeFileSync(join(folder, "markets", `${name}.csv`), lines.join("\n"));
  writeFileSync(join(folder, "markets", `${name}.meta.json`), JSON.stringify(meta));
}
