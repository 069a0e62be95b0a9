import { trimCell } from "../../../columns/missing";
import { type CellStyle, sniffStyle } from "../../../columns/spelling/cell-style";
import type { UndoableRepair } from "../../../columns/profile";
import { displayNames } from "../../../columns/names";
import { columnBefore, styleBefore } from "../../as-before";
import { choiceRefused } from "../../choice-refused";
import type { ReadOptions } from "../../reader";
import { cutterOf, type Dialect, type LineEnd } from "../cut/cutter";
import { sniffDialect } from "./delimiter";
import { kindsOf, type ToldKind } from "../../layout/kinds";
import { isRule } from "../../layout/rules";
import { findTop, joinedNames, type Top } from "../../layout/top";
import { commonest, filledWidth, usualWidth } from "../../layout/widths";

/** How a file is cut into rows and cells; enough to go through it again in the same way. */
export interface Layout extends Top {
  readonly dialect: Dialect;
  readonly lineEnd: LineEnd;
  /** Columns of the table. Records may have fewer or more cells. */
  readonly width: number;
  /** Records with fewer cells than this lack some; further ones are blank if they are left out. */
  readonly narrowest: number;
  /** One per column. */
  readonly styles: readonly CellStyle[];
  /** The decimal mark of the file as a whole. */
  readonly decimal: "." | ",";
  /** Whether rows of few cells are usual, so that one at the end says nothing. */
  readonly isSparse: boolean;
  /** Whether all rows of the sample have as many cells, so that one more in another is no end of a line. */
  readonly isEven: boolean;
  /** The first and the last row that are read, from 1. */
  readonly rows: readonly [first: number, last: number];
  /** What most rows of the sample have in each column, down to a blank line. */
  readonly kinds: readonly ToldKind[];
  /** Repairs that are not made. */
  readonly undone: readonly UndoableRepair[];
}

const SAMPLE_RECORDS = 1000;
/** Excel's own way to name the delimiter, in a line above the table. */
const SEPARATOR_LINE = /^\s*"?sep=(.)"?\s*?(?:\r\n|\n|\r)/i;

/**
 * How a file is laid out, from its first characters.
 *
 * @param head - First characters of the file.
 * @param isWhole - Whether the head is the whole file; otherwise its last record is not trusted.
 * @throws EngineError `choice_not_possible` if there are no names where they are told to be.
 */
export function sniffLayout(head: string, isWhole: boolean, choice: ReadOptions = {}): Layout {
  const lineEnd = sniffLineEnd(head);
  const cut = (dialect: Dialect) => sampleRecords(head, dialect, lineEnd, isWhole);
  const separator = SEPARATOR_LINE.exec(head)?.[1];
  const delimiter = choice.delimiter ?? separator;
  const dialect = sniffDialect(head, cut, {
    ...(delimiter !== undefined && { delimiter }),
    ...(choice.quote !== undefined && { quote: choice.quote }),
  });
  const sample = cut(dialect);
  const isNamed = separator === undefined ? 0 : 1;
  const records = sample.records.slice(isNamed);
  const usual = usualWidth(records);
  const gaps = new Set([...sample.gaps].map((at) => at - isNamed));
  const widest = Math.max(usual, commonest(records.map((record) => record.length)));
  const { headerLine, firstLine } = choice;
  const found = findTop(
    records,
    gaps,
    { usual, widest },
    {
      ...(choice.hasHeader !== undefined && { hasHeader: choice.hasHeader }),
      ...(headerLine !== undefined && { namesAt: placeOf("header", headerLine, sample, isNamed) }),
      ...(firstLine !== undefined && { firstAt: placeOf("first-row", firstLine, sample, isNamed) }),
      undone: choice.undone ?? [],
    },
  );
  const top = { ...found, preamble: found.preamble + isNamed };
  const start = found.preamble + found.headerRows + found.skipped;
  const names = records.slice(found.preamble, found.preamble + found.headerRows);
  const header = headerOf(names, top, usual);
  const rows = records.slice(start);
  const narrowest = Math.max(filledWidth(header), usual);
  const width = Math.max(header.length, commonest(rows.map((row) => row.length)), narrowest);
  const missing = {
    ...(choice.missing && { missing: new Set(choice.missing.map((text) => text.trim())) }),
    ...(choice.missingOnly !== undefined && { missingOnly: choice.missingOnly }),
  };
  const columns = Array.from({ length: width }, (_, j) =>
    sniffStyle(
      rows.map((row) => trimCell(row[j] ?? "")),
      missing,
    ),
  );
  const { names: shown } = displayNames(header.length > 0 ? header : null, width);
  const commas = columns.filter(({ decimal }) => decimal === ",").length;
  const points = columns.filter(({ decimal }) => decimal === ".").length;
  const isOpen = commas === points;
  // Where semicolons stand between cells, commas seldom stand between thousands.
  const isComma =
    commas > points || (dialect.delimiter === ";" && points === 0 && hasOneComma(rows));
  const { before } = choice;
  const decimal = choice.decimal ?? (isOpen && before ? before.decimal : isComma ? "," : ".");
  const isMonthFirst = choice.dateOrder && { isMonthFirst: choice.dateOrder === "month" };
  const styles = columns.map((one, j) => {
    const likely = isOpen ? columnBefore(before, shown[j]!)?.spelling.decimal : undefined;
    return {
      ...{ ...styleBefore(before, shown[j]!), ...one.style, ...isMonthFirst },
      decimal: choice.decimal ?? one.decimal ?? likely ?? decimal,
    };
  });
  const lastFull = rows.findLastIndex((row) => filledWidth(row) > 1);
  const isSparse =
    rows.slice(0, lastFull).filter((row) => filledWidth(row) === 1).length > 0.05 * lastFull;
  const isEven = rows.filter((row) => row.length === width).length >= 0.98 * rows.length;
  const [from = 1, to = null] = choice.rows ?? [];
  const told = { rows: [from, to ?? Infinity] as const, undone: choice.undone ?? [] };
  // Below a blank line another table may follow.
  const end = [...gaps].find((at) => at > start + 1) ?? records.length;
  const kinds = kindsOf(records.slice(start, end), width);
  const shape = { width, narrowest, isSparse, isEven, kinds, ...told };
  return { dialect, lineEnd, ...top, ...shape, styles, decimal };
}

/** The index of the record in a line, without those `before` all. @throws EngineError `choice_not_possible` */
function placeOf(
  setting: "header" | "first-row",
  line: number,
  { lines, isWhole }: Sample,
  before: number,
): number {
  const last = lines.at(-1) ?? 0;
  const place = lines.indexOf(line);
  if (place >= before) return place - before;
  if (place >= 0) throw choiceRefused(setting, line, "this line names the delimiter");
  if (line < last) throw choiceRefused(setting, line, "this line is blank");
  const end = isWhole ? `the file ends with line ${last}` : `it is to be one of lines 1 to ${last}`;
  throw choiceRefused(setting, line, end);
}

/** The names as they are used, from the lines they stand in; none of no line. */
export function headerOf(
  lines: readonly (readonly string[])[],
  { isHeaderShort }: Pick<Top, "isHeaderShort">,
  usual: number,
): readonly string[] {
  const [first] = lines;
  if (!first) return [];
  if (isHeaderShort) return ["", ...first];
  if (lines.length === 1) return withoutMark(first);
  return joinedNames(lines, Math.max(usual, ...lines.map((line) => line.length)));
}

/** Names in a comment are names: `# time, load`. */
function withoutMark(names: readonly string[]): readonly string[] {
  const [first = "", ...others] = names;
  const plain = first.replace(/^\s*(?:#+|%+|\/\/)\s*(?=\S)/, "");
  return plain === first || others.length === 0 ? names : [plain, ...others];
}

function hasOneComma(rows: readonly (readonly string[])[]): boolean {
  return rows.some((row) => row.some((cell) => /^\s*[+-]?\d{1,3},\d{3}\s*$/.test(cell)));
}

/** Line ends inside quoted cells do not count. */
function sniffLineEnd(head: string): LineEnd {
  let isQuoted = false;
  let returns = 0;
  for (let i = 0; i < head.length; i++) {
    const code = head.charCodeAt(i);
    if (code === 34) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (code === 10) return head.charCodeAt(i - 1) === 13 ? "\r\n" : "\n";
    else if (code === 13 && ++returns > 1 && head.charCodeAt(i + 1) !== 10) return "\r";
  }
  return returns > 0 ? "\r" : "\n";
}

interface Sample {
  /** Without blank ones. */
  readonly records: readonly (readonly string[])[];
  /** Indices of those before which blank ones were left out. */
  readonly gaps: ReadonlySet<number>;
  /** Of each, from 1. */
  readonly lines: readonly number[];
  /** How many of the records that were looked at have quotation marks that are no pairs. */
  readonly stray: number;
  /** Whether these are all records of the file. */
  readonly isWhole: boolean;
}

function sampleRecords(head: string, dialect: Dialect, lineEnd: LineEnd, isWhole: boolean): Sample {
  const cutter = cutterOf(dialect, lineEnd, null);
  const trusted = cutter.cut(head, isWhole);
  // A record that seems to go on over most of the head is still better seen cut than not at all.
  const { records, stray } = trusted.end > head.length / 2 ? trusted : cutter.cut(head, true);
  const gaps = new Set<number>();
  const kept: string[][] = [];
  const lines: number[] = [];
  for (const [i, record] of records.slice(0, SAMPLE_RECORDS).entries()) {
    if (record.every((cell) => trimCell(cell) === "")) gaps.add(kept.length);
    else if (!isRule(record, dialect.delimiter)) {
      kept.push(record);
      lines.push(i + 1);
    }
  }
  const hasAll = isWhole && records.length <= SAMPLE_RECORDS;
  return {
    records: kept,
    gaps,
    lines,
    isWhole: hasAll,
    stray: stray.filter((i) => i < SAMPLE_RECORDS).length,
  };
}
