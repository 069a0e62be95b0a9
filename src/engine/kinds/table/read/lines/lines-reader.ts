import { EngineError } from "../../../../ground/errors";
import type { Steps } from "../../../../ground/progress";
import { cellReader, type LoadedTable } from "../cells/cell-reader";
import { wholeFile } from "../cells/whole-text";
import type { ReadOptions } from "../reader";
import type { TableSource } from "../source";
import { decodeText } from "./decode-text";
import { LINES } from "./is-of-lines";

const CALLED = "text file";

/** One text a line, as a table of one column. It is written as a CSV. */
export const linesReader = cellReader({
  format: LINES,
  called: CALLED,
  writes: "csv",
  recognises: () => false, // It has to be told, or asked by `isOfLines`.
  load: loadLines,
});

async function* loadLines(source: TableSource, options: ReadOptions): Steps<LoadedTable> {
  yield { stage: "read", done: 0, total: source.sizeBytes };
  const bytes = await wholeFile(source, CALLED);
  const { text, encoding, otherEncodings } = decodeText(bytes, source.tools, options.encoding);
  const lines = text.split(text.includes("\n") ? /\r?\n/ : "\r");
  while (lines.at(-1)?.trim() === "") lines.pop();
  if (lines.length === 0) {
    throw new EngineError(
      "empty_file",
      "there is no text in this file: choose one with a text a line.",
    );
  }
  const hasHeader = options.hasHeader ?? false;
  const name = hasHeader ? lines.shift()?.trim() : undefined;
  return {
    table: {
      rows: lines.length,
      names: [name === undefined || name === "" ? "text" : name],
      ends: [lines.length],
      cells: async (_, from, to) =>
        lines.slice(from, to).map((line) => (line.trim() === "" ? null : line)),
    },
    isNamed: [hasHeader],
    hasHeader,
    dialect: { encoding, otherEncodings, delimiter: LINES, quote: "" },
    warnings: [],
  };
}
