import { EngineError } from "../../engine/ground/errors";
import type { Table } from "../../engine/kinds/table/columns/column";
import { FEWEST_SAMPLE_ROWS, MOST_SAMPLE_ROWS } from "../../engine/verify/sample";

/** A column of a sample: what it is called there, and in the table. */
export interface SampleColumn {
  readonly name: string;
  readonly column: string;
}

/**
 * Rows that are to be published with a learnware, as CSV; those without an answer are left out.
 *
 * @param columns - What the model takes, and what it predicts.
 * @param answer - The name in the table of what it predicts.
 * @throws EngineError `bad_parameter` if the table lacks a column, or has too few or too many rows.
 */
export function sampleCsv(table: Table, columns: readonly SampleColumn[], answer: string): string {
  const found = columns.map(({ name, column }) => {
    const there = table.columns.find((one) => one.name === column);
    if (there) return { name, there, isAnswer: column === answer };
    throw new EngineError("bad_parameter", `the public sample has no column "${column}"`, {
      column,
    });
  });
  const lines: string[] = [];
  for (let row = 0; row < table.rows; row++) {
    const cells = found.map(({ there: { codes, numbers, categories, type }, isAnswer }) => {
      const isNumber = type === "number" || type === "integer";
      const value = numbers?.[row] ?? NaN;
      const code = codes?.[row] ?? -1;
      const text = isNumber ? (Number.isNaN(value) ? "" : String(value)) : (categories[code] ?? "");
      return { text, isLost: isAnswer && text === "" };
    });
    if (!cells.some(({ isLost }) => isLost)) lines.push(cells.map(({ text }) => quoted(text)).join(",")); // prettier-ignore
  }
  if (lines.length < FEWEST_SAMPLE_ROWS || lines.length > MOST_SAMPLE_ROWS) {
    const message = `a public sample has ${FEWEST_SAMPLE_ROWS} to ${MOST_SAMPLE_ROWS} rows with an answer, got ${lines.length}`;
    throw new EngineError("bad_parameter", message, { rows: lines.length });
  }
  return `${[found.map(({ name }) => quoted(name)).join(","), ...lines].join("\n")}\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
