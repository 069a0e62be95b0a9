import type { Steps } from "../../../ground/progress";
import { type Cell, cellText } from "../read/cells/cell";
import type { Sink } from "../read/reader";
import type { WidenedTable } from "./added-cells";
import { eachBlock } from "./rows-of";
import type { TableWriter } from "./writer";

/** A list of records. What is missing is null. */
export const writeJson: TableWriter = (table, sink) =>
  write(table, sink, { start: "[\n", between: ",\n", end: "\n]\n" });

/** A record a line. */
export const writeNdjson: TableWriter = (table, sink) =>
  write(table, sink, { start: "", between: "\n", end: "\n" });

async function* write(
  table: WidenedTable,
  sink: Sink,
  marks: { readonly start: string; readonly between: string; readonly end: string },
): Steps<void> {
  const keys = table.names.map((name) => JSON.stringify(name));
  sink(marks.start);
  yield* eachBlock(table, ({ from, to, columns }) => {
    const records = Array.from({ length: to - from }, (_, i) => {
      const members = columns.map((cells, j) => `${keys[j]}:${jsonOf(cells[i]!)}`);
      return `{${members.join(",")}}`;
    });
    sink((from > 0 ? marks.between : "") + records.join(marks.between));
  });
  sink(marks.end);
}

function jsonOf(cell: Cell): string {
  if (typeof cell === "string") return JSON.stringify(cell);
  if (cell instanceof Date) return JSON.stringify(cellText(cell));
  if (typeof cell === "number" && !Number.isFinite(cell)) return "null";
  return String(cell);
}
