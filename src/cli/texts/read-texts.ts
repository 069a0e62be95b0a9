import { stat } from "node:fs/promises";

import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { LINES } from "../../engine/kinds/table/read/lines/is-of-lines";
import type { OpenTable } from "../../engine/kinds/table/read/index";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import { tableOfCells } from "../../engine/kinds/table/read/table-of-cells";
import { byteTools } from "../../runtime/byte-tools";
import { openTableFile } from "../read-table-file";
import { textFilesIn } from "./text-files";
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
 * @throws EngineError `bad_parameter` if there is no such column or no text; `empty_file` if all are empty; what the readers throw.
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
  const open = await openTableFile(path, { delimiter: LINES, ...choice });
  const { name } = open.read.profile.columns[0]!;
  return { texts: await textsOfColumn(open, name), open, column: name };
}

async function readFolder(folder: string, { encoding }: ReadOptions): Promise<ReadTexts> {
  const files = await textFilesIn(folder, encoding);
  const texts = files.map(({ text }) => text);
  if (texts.every((text) => text.trim() === "")) {
    throw new EngineError("empty_file", `every .txt file in ${folder} is empty`);
  }
  const folderOf = (name: string) => name.split(/[\\/]/).at(-2) ?? "";
  const rows = files.map(({ name }) => [name, folderOf(name)]);
  return {
    texts,
    open: await finish(tableOfCells(["file", FOLDER], rows, byteTools)),
    column: null,
  };
}
