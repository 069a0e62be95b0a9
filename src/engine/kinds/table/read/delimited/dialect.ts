import { recordCutter, type LineEnd } from "./cutter";
import { sniffDelimiter } from "./delimiter";
import { sniffHeader } from "./header";
import { trimCell } from "../../columns/missing";
import { decimalEvidence, type NumberStyle } from "../../columns/numerals";
import type { ReadOptions } from "../reader";

/** How a file is cut into rows and cells; enough to go through it again in the same way. */
export interface Layout {
  readonly delimiter: string;
  readonly lineEnd: LineEnd;
  readonly hasHeader: boolean;
  /** Records before the header or the first row that are no part of the table. */
  readonly preamble: number;
  /** Columns of the table. Records may have fewer or more cells. */
  readonly width: number;
  /** Records with fewer cells than this lack some; further ones are blank if they are left out. */
  readonly narrowest: number;
  /** One per column. */
  readonly styles: readonly NumberStyle[];
  /** The decimal mark of the file as a whole. */
  readonly decimal: "." | ",";
}

const SAMPLE_RECORDS = 1000;

/**
 * How a file is laid out, from its first characters.
 *
 * @param head - First characters of the file.
 * @param isWhole - Whether the head is the whole file; otherwise its last record is not trusted.
 */
export function sniffLayout(head: string, isWhole: boolean, choice: ReadOptions = {}): Layout {
  const lineEnd = sniffLineEnd(head);
  const cut = (delimiter: string) => sampleRecords(head, delimiter, lineEnd, isWhole);
  const delimiter = choice.delimiter ?? sniffDelimiter(cut);
  const records = cut(delimiter);
  const usual = usualWidth(records);
  const preamble = countPreamble(records, usual);
  const table = records.slice(preamble);
  const hasHeader = choice.hasHeader ?? sniffHeader(table);
  const first = table[0] ?? [];
  const header = hasHeader ? first : [];
  const narrowest = Math.max(filledWidth(header), usual);
  const width = Math.max(header.length, commonest(table.map((record) => record.length)), narrowest);
  const rows = hasHeader ? table.slice(1) : table;
  const evidence = Array.from({ length: width }, (_, j) =>
    decimalEvidence(rows.map((row) => trimCell(row[j] ?? ""))),
  );
  const commas = evidence.filter((mark) => mark === ",").length;
  const points = evidence.filter((mark) => mark === ".").length;
  // Where semicolons stand between cells, commas seldom stand between thousands.
  const isComma = commas > points || (delimiter === ";" && points === 0 && hasOneComma(rows));
  const decimal = isComma ? "," : ".";
  const styles = evidence.map((mark) => ({ decimal: mark ?? decimal }));
  return { delimiter, lineEnd, hasHeader, preamble, width, narrowest, styles, decimal };
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

function sampleRecords(
  head: string,
  delimiter: string,
  lineEnd: LineEnd,
  isWhole: boolean,
): string[][] {
  const parser = recordCutter(delimiter, lineEnd, SAMPLE_RECORDS);
  const { data } = parser.parse(head, 0, !isWhole);
  // A single record longer than the head is still better seen cut than not at all.
  const records = data.length > 0 ? data : parser.parse(head, 0, false).data;
  return records.filter((record) => record.length > 1 || trimCell(record[0] ?? "") !== "");
}

/** The most frequent number of cells up to the last one that is not blank. */
function usualWidth(records: readonly (readonly string[])[]): number {
  return commonest(records.map(filledWidth));
}

/** Cells up to the last one that is not blank; at least 1. */
function filledWidth(record: readonly string[]): number {
  let width = record.length;
  while (width > 1 && trimCell(record[width - 1]!) === "") width--;
  return Math.max(1, width);
}

/** The most frequent of some numbers; 1 of none. */
function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  let best = 1;
  for (const [number, count] of counts) if (count > (counts.get(best) ?? 0)) best = number;
  return best;
}

/** Titles, notes and blank records above a table. */
function countPreamble(records: readonly (readonly string[])[], usual: number): number {
  if (usual < 2) return 0;
  const filled = records
    .slice(0, 20)
    .map((record) => record.filter((cell) => trimCell(cell) !== "").length);
  const isNote = (count: number, i: number) =>
    records[i]!.length === 1 || count === 0 || (usual > 2 && count === 1 && records[i]![0] !== "");
  const start = filled.findIndex((count, i) => !isNote(count, i));
  // A title beside blank cells, then a record of blank cells, in a table of two columns.
  const blank = filled.indexOf(0);
  const isTitled = blank > 0 && filled.slice(0, blank).every((count) => count <= 1);
  return Math.max(0, start, isTitled ? blank + 1 : 0);
}
