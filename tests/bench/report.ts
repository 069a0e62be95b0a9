import { writeFileSync } from "node:fs";

/** One figure of a benchmark; `baseline` is the same figure of what it is compared with, from the same run. */
export interface Figure {
  readonly suite: string;
  readonly case: string;
  readonly metric: string;
  readonly unit: string;
  readonly value: number;
  readonly baseline?: number;
}

/** Print figures as a table, and write them as one JSON object a line where a file is named. */
export function report(figures: readonly Figure[], jsonFile: string | undefined): void {
  const rows = figures.map(({ case: name, metric, unit, value, baseline }) => [
    name,
    metric,
    value.toPrecision(4),
    baseline === undefined ? "" : baseline.toPrecision(4),
    unit,
  ]);
  printTable([["case", "metric", "value", "baseline", "unit"], ...rows]);
  if (jsonFile) writeFigures(figures, jsonFile);
}

/** Print rows of equally many cells, in columns. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, c) => cell.padEnd(widths[c]!))
        .join("  ")
        .trimEnd(),
    );
  }
}

/** Write figures as one JSON object a line. */
export function writeFigures(figures: readonly Figure[], file: string): void {
  writeFileSync(file, figures.map((figure) => `${JSON.stringify(figure)}\n`).join(""));
}

/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
