import { stat } from "node:fs/promises";

import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { openAnyTable } from "../../engine/kinds/table/read/every-format";
import type { OpenTable } from "../../engine/kinds/table/read/index";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import { sourceOfBytes } from "../../engine/kinds/table/read/source";
import { byteTools } from "../../runtime/byte-tools";
import { openTableFile } from "../read-table-file";
import { readTextFile, textFilesIn } from "./text-files";
import { textsOfColumn } from "./texts-of-column";

/** Texts, and the table that they are the rows of. */
export interface ReadTexts {
  readonly texts: readonly string[];
  /** Of files and lines one that is made of their names, or of themselves. */
  readonly open: OpenTable;
  /** The column with the texts; null if they are none's. */
  readonly column: string | null;
}

/** The column of a table that tells the folder of each file. */
const FOLDER = "folder";

/**
 * Texts of a table, of a file with one in each line, or of a folder of `.txt` files; the table that is made of these has the
 * columns `file` and `folder`.
 *
 * @param column - The one with the texts; of a table with one such column that one. A `.txt` file with columns is a table.
 * @param choice - How a table is read; of files of texts their encoding.
 * @throws EngineError `bad_parameter` if there is no such column or no text; what the readers throw.
 */
export async function readTexts(
  path: string,
  column?: string,
  choice: ReadOptions = {},
): Promise<ReadTexts> {
  if ((await stat(path)).isDirectory()) return readFolder(path, choice);
  if (/\.txt$/i.test(path) && column === undefined) return readLines(path, choice);
  const open = await openTableFile(path, choice);
  const { columns } = open.read.profile;
  const likely = columns.filter(({ type }) => type === "text");
  const name = column ?? (likely.length === 1 ? likely[0]!.name : undefined);
  if (name !== undefined) return { texts: await textsOfColumn(open, name), open, column: name };
  const names = columns.map((one) => one.name).join(", ");
  const message = `--text COLUMN: which column holds the texts? There are ${names}`;
  throw new EngineError("bad_parameter", message);
}

async function readLines(path: string, choice: ReadOptions): Promise<ReadTexts> {
  const text = await readTextFile(path, choice.encoding);
  const lines = text.split(text.includes("\n") ? /\r?\n/ : /\r/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  if (lines.length === 0) throw new EngineError("bad_parameter", `there is no text in ${path}`);
  const rows = lines.map((line) => [line]);
  return { texts: lines, open: await tableOf(["text"], rows), column: "text" };
}

async function readFolder(folder: string, { encoding }: ReadOptions): Promise<ReadTexts> {
  const files = await textFilesIn(folder, encoding);
  const texts = files.map(({ text }) => text);
  const folderOf = (name: string) => name.split(/[\\/]/).at(-2) ?? "";
  const rows = files.map(({ name }) => [name, folderOf(name)]);
  return { texts, open: await tableOf(["file", FOLDER], rows), column: null };
}

/** A table that is made of names. */
export async function tableOf(
  names: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<OpenTable> {
  const line = (cells: readonly string[]) =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  const csv = new TextEncoder().encode(`${[names, ...rows].map(line).join("\n")}\n`);
  const as = { hasHeader: true, delimiter: ",", quote: '"', encoding: "utf-8" } as const;
  const open = await finish(openAnyTable(sourceOfBytes(csv, byteTools), "texts.csv", as));
  const { read } = open;
  if (read.profile.rows !== rows.length) {
    const message = `${rows.length} texts make a table of ${read.profile.rows} rows: give them as a CSV with one column`;
    throw new EngineError("bad_parameter", message);
  }
  // What is odd about a table that nobody wrote is nobody's business.
  const profile = { ...read.profile, warnings: [], repairs: [] };
  return { ...open, read: { ...read, profile } };
}
