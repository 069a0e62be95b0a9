import { cellText, isAscii } from "../read/cells/cell";
import { eachBlock } from "./rows-of";
import type { TableWriter } from "./writer";

/** Comma-separated UTF-8. Where it holds more than ASCII a mark stands at its start, by which spreadsheets know it. */
export const writeCsvCells: TableWriter = async function* (table, sink) {
  const names = table.names.map(quoted);
  const mark = table.isAscii && isAscii(names.join("")) ? "" : "\ufeff";
  sink(`${mark}${names.join(",")}\n`);
  yield* eachBlock(table, ({ from, to, columns }) => {
    const lines = Array.from({ length: to - from }, (_, i) => {
      const cells = columns.map((cells) => {
        const cell = cells[i]!;
        return typeof cell === "string" ? quoted(cell) : cellText(cell);
      });
      // A blank line would be none.
      return cells.length === 1 && cells[0] === "" ? '""' : cells.join(",");
    });
    sink(`${lines.join("\n")}\n`);
  });
};

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
