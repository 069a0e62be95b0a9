import { readFileSync } from "node:fs";
import { join } from "node:path";

import Papa from "papaparse";

/** Things planted in the file that must never be seen outside the tab. */
export const canaries = {
  column: "Owner Zyxquil",
  word: "marmaladewombat",
  number: "48151.62342",
} as const;

/**
 * A table of a kind that the starter dock knows, from a place it has no learnware for: the
 * synthetic house sample with a canary column, and a canary number in a column that is used.
 */
export function canaryFile(): { name: string; text: string; header: string[]; rows: string[][] } {
  const sample = readFileSync(
    join(import.meta.dirname, "../../public/samples/house-sales.csv"),
    "utf8",
  );
  const [header, ...rows] = Papa.parse<string[]>(sample, { skipEmptyLines: true }).data;
  const lot = header!.indexOf("Lot size (sqft)");
  const planted = rows.map((row, i) => {
    const cells = [...row, i % 3 === 0 ? `${canaries.word} ${i}` : "nobody"];
    if (i === 17) cells[lot] = canaries.number;
    return cells;
  });
  const full = [...header!, canaries.column];
  return {
    name: "houses to price.csv",
    text: `${Papa.unparse([full, ...planted], { newline: "\r\n" })}\r\n`,
    header: full,
    rows: planted,
  };
}
