import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { openAnyTable } from "../../engine/kinds/table/read/every-format";
import type { OpenTable } from "../../engine/kinds/table/read/index";
import { sourceOfBytes } from "../../engine/kinds/table/read/source";
import { byteTools } from "../../runtime/byte-tools";
import { openTableFile } from "../read-table-file";
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
 * @param column - The one with the texts; of a table with one such column that one.
 * @throws EngineError `bad_parameter` if there is no such column or no text; what the readers throw.
 */
export async function readTexts(path: string, column?: string): Promise<ReadTexts> {
  if ((await stat(path)).isDirectory()) return readFolder(path);
  if (/\.txt$/i.test(path)) {
    const lines = (await readFile(path, "utf8")).split(/\r?\n/);
    if (lines.at(-1) === "") lines.pop();
    const rows = lines.map((line) => [line]);
    return { texts: lines, open: await tableOf(["text"], rows), column: "text" };
  }
  const open = await openTableFile(path);
  const { columns } = open.read.profile;
  const likely = columns.filter(({ type }) => type === "text");
  const name = column ?? (likely.length === 1 ? likely[0]!.name : undefined);
  if (name !== undefined) return { texts: await textsOfColumn(open, name), open, column: name };
  const names = columns.map((one) => one.name).join(", ");
  const message = `--text COLUMN: which column holds the texts? There are ${names}`;
  throw new EngineError("bad_parameter", message);
}

async function readFolder(folder: string): Promise<ReadTexts> {
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter((name) => /\.txt$/i.test(name)).sort();
  if (files.length === 0) {
    throw new EngineError("bad_parameter", `there is no .txt file in ${folder}`);
  }
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  const folderOf = (name: string) => name.split(/[\\/]/).at(-2) ?? "";
  const rows = files.map((name) => [name, folderOf(name)]);
  return { texts, open: await tableOf(["file", FOLDER], rows), column: null };
}

function tableOf(
  names: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<OpenTable> {
  const line = (cells: readonly string[]) =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  const csv = new TextEncoder().encode(`${[names, ...rows].map(line).join("\n")}\n`);
  const as = { hasHeader: true, delimiter: ",", encoding: "utf-8" } as const;
  return finish(openAnyTable(sourceOfBytes(csv, byteTools), "texts.csv", as));
}
