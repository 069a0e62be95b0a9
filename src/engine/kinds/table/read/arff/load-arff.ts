import { EngineError } from "../../../../ground/errors";
import type { Steps } from "../../../../ground/progress";
import { displayNames } from "../../columns/names";
import type { Cell } from "../cells/cell";
import type { LoadedTable } from "../cells/cell-reader";
import { damaged } from "../cells/damaged";
import { heldCells } from "../cells/held-cells";
import { requireWidth } from "../cells/limits";
import { noTable } from "../cells/no-table";
import { wholeText } from "../cells/whole-text";
import type { TableSource } from "../source";

const CALLED = "ARFF file";
const LINES_PER_STEP = 5000;

interface Attribute {
  readonly name: string;
  readonly isNumber: boolean;
  /** What rows that list only some cells have in the others: 0, or the first of the values named. */
  readonly usual: Cell;
}

/**
 * @throws EngineError `damaged_file`, naming the line.
 * @throws EngineError `unsupported_format` if rows hold tables of their own.
 */
export async function* loadArff(source: TableSource): Steps<LoadedTable> {
  const total = source.sizeBytes;
  yield { stage: "read", done: 0, total };
  const lines = (await wholeText(source, CALLED)).split(/\r\n?|\n/);
  const attributes: Attribute[] = [];
  let columns: Cell[][] | null = null;
  for (const [i, line] of lines.entries()) {
    if (i % LINES_PER_STEP === 0) {
      yield { stage: "read", done: Math.floor((total / 2) * (i / lines.length)), total };
    }
    const text = line.trim();
    if (text === "" || text.startsWith("%")) continue;
    if (columns) addRow(columns, attributes, text, i + 1);
    else if (/^@attribute\s/i.test(text)) attributes.push(attributeOf(text, i + 1));
    else if (/^@data\b/i.test(text)) columns = attributes.map(() => []);
    else if (!/^@relation\b/i.test(text)) throw damaged(CALLED, `line ${i + 1} is none of its own`);
  }
  requireWidth(attributes.length);
  if (!columns || attributes.length === 0) throw noTable(CALLED, "it has no @data");
  const written = attributes.map(({ name }) => name);
  const { names, warnings } = displayNames(written, written.length);
  return {
    ...{ table: heldCells(names, columns), hasHeader: true, warnings },
    isNamed: written.map((name) => name.trim() !== ""),
  };
}

function attributeOf(line: string, number: number): Attribute {
  const [, rest] = /^@attribute\s+(.*)$/i.exec(line)!;
  const [, quoted, double, bare] =
    /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s{]+))/.exec(rest!) ?? [];
  const name = quoted ?? double ?? bare;
  if (name === undefined) throw damaged(CALLED, `line ${number} names no attribute`);
  const type = rest!.slice(name.length + (bare === undefined ? 2 : 0)).trim();
  if (/^relational/i.test(type)) throw unsupported("relational attributes");
  const isNumber = /^(?:numeric|real|integer)\b/i.test(type);
  const values = /^\{(.*)\}/.exec(type)?.[1];
  const usual = isNumber ? 0 : values === undefined ? null : cellsOf(values)[0]!.text;
  return { name: unescaped(name), isNumber, usual };
}

function addRow(
  columns: Cell[][],
  attributes: readonly Attribute[],
  line: string,
  number: number,
): void {
  if (line.startsWith("{")) {
    addSparseRow(columns, attributes, line, number);
    return;
  }
  const cells = cellsOf(line);
  // A weight may stand behind a row.
  const weight =
    cells.length === attributes.length + 1 && /^\{.*\}$/.test(cells.at(-1)?.text ?? "");
  if (cells.length !== attributes.length + (weight ? 1 : 0)) {
    throw damaged(
      CALLED,
      `line ${number} has ${cells.length} cells for ${attributes.length} attributes`,
    );
  }
  attributes.forEach((attribute, j) => columns[j]!.push(valueOf(cells[j]!, attribute)));
}

/** `{1 4.5, 3 yes}`: places from 0, and what stands there; a weight may stand behind. */
function addSparseRow(
  columns: Cell[][],
  attributes: readonly Attribute[],
  line: string,
  number: number,
): void {
  const wrong = () => damaged(CALLED, `line ${number} is no list of places and values`);
  const inside = /^\{(.*?)\}\s*(?:,\s*\{[^{}]*\}\s*)?$/.exec(line)?.[1];
  if (inside === undefined) throw wrong();
  const row = attributes.map(({ usual }) => usual);
  const pattern = /\s*(\d+)\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^'",\s][^,]*)\s*(,|$)/gy;
  for (let last = inside.trim() === ""; !last;) {
    const [, place, value, mark] = pattern.exec(inside) ?? [];
    const attribute = attributes[Number(place)];
    if (value === undefined || !attribute) throw wrong();
    row[Number(place)] = valueOf(cellsOf(value.trim())[0]!, attribute);
    last = mark === "";
  }
  row.forEach((value, j) => columns[j]!.push(value));
}

function valueOf({ text, isQuoted }: Written, { isNumber }: Attribute): Cell {
  if (!isQuoted && (text === "?" || text === "")) return null;
  const value = isNumber && text !== "" ? Number(text) : NaN;
  return Number.isNaN(value) ? text : value;
}

interface Written {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** The cells of a row: commas or tabs between them, quotation marks of either kind around them. */
function cellsOf(line: string): Written[] {
  const cells: Written[] = [];
  const pattern = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^'",\t][^,\t]*|))\s*(,|\t|$)/gy;
  for (let last = false; !last;) {
    const found = pattern.exec(line);
    if (!found) return [...cells, { text: line, isQuoted: false }, { text: "", isQuoted: false }];
    const [, single, double, bare = "", mark] = found;
    const quoted = single ?? double;
    cells.push(
      quoted === undefined
        ? { text: bare.trim(), isQuoted: false }
        : { text: unescaped(quoted), isQuoted: true },
    );
    last = mark === "";
  }
  return cells;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, mark: string) =>
    mark === "n" ? "\n" : mark === "t" ? "\t" : mark,
  );
}

function unsupported(what: string): EngineError {
  return new EngineError(
    "unsupported_format",
    `this ARFF file has ${what}, which are not read. Save it with plain rows, or as CSV.`,
    { format: `ARFF file with ${what}` },
  );
}
