import { EngineError } from "../engine/ground/errors";
import type { ColumnType } from "../engine/kinds/table/columns/column";
import { type Encoding, UNDOABLE } from "../engine/kinds/table/columns/profile";
import { LINES } from "../engine/kinds/table/read/lines/is-of-lines";
import type { ReadOptions } from "../engine/kinds/table/read/reader";
import { oneOf } from "./options";

export const READ_USAGE = `how FILE is read is found out; to say it instead:
  --encoding NAME    utf-8, windows-1252, gb18030, shift_jis, …
  --delimiter CHAR   between cells; "tab", "blanks" for any number of them, or
                     "lines" for none: each line is a text
  --quote CHAR       around cells: " or ', or none
  --header LINE      the line of the names, from 1; 0 if there are none
  --first-row LINE   the line of the first row: what stands between it and the names is left out
  --undo REPAIR      leave as it is: notes_below, names_again, second_table, units_row or
                     names_in_two_rows; again for more
  --rows FIRST-LAST  rows of the table to be read, from 1; "3-" to its end
  --decimal MARK     . or ,
  --date-order ORDER day or month: which comes first in 3/4/2021
  --missing=A,B,…    counts as missing, too, beside blank cells, NA and the like; only:A,B for nothing else
  --type COLUMN=TYPE number, integer, boolean, category, date, text or identifier; again for more
  --sheet NAME       of a workbook`;

export const readOptions = {
  encoding: { type: "string" },
  delimiter: { type: "string" },
  quote: { type: "string" },
  header: { type: "string" },
  "first-row": { type: "string" },
  undo: { type: "string", multiple: true },
  rows: { type: "string" },
  decimal: { type: "string" },
  "date-order": { type: "string" },
  missing: { type: "string" },
  type: { type: "string", multiple: true },
  sheet: { type: "string" },
} as const;

/** As they come from the command line. */
export interface ReadValues {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly quote?: string | undefined;
  readonly header?: string | undefined;
  readonly "first-row"?: string | undefined;
  readonly undo?: readonly string[] | undefined;
  readonly rows?: string | undefined;
  readonly decimal?: string | undefined;
  readonly "date-order"?: string | undefined;
  readonly missing?: string | undefined;
  readonly type?: readonly string[] | undefined;
  readonly sheet?: string | undefined;
}

const ENCODINGS: readonly Encoding[] = [
  ...(["utf-8", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "windows-1252"] as const),
  ...(["windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257"] as const),
  ...(["windows-874", "iso-8859-2", "iso-8859-5", "iso-8859-7", "koi8-r", "ibm866"] as const),
  ...(["macintosh", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"] as const),
];
const TYPES = [
  ...(["number", "integer", "boolean", "category", "date", "text", "identifier"] as const),
];
const DELIMITERS: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t", space: " " };

/**
 * What the user says of how a table is to be read.
 *
 * @throws EngineError `bad_parameter` naming the option.
 */
export function readChoice(values: ReadValues): ReadOptions {
  const { encoding, delimiter, quote, decimal, missing, type: types, sheet } = values;
  const order = values["date-order"];
  return {
    ...(encoding !== undefined && {
      encoding: oneOf("--encoding", encoding.toLowerCase(), ENCODINGS),
    }),
    ...(delimiter !== undefined && { delimiter: delimiterOf(delimiter) }),
    ...(quote !== undefined && { quote: quoteOf(quote) }),
    ...(values.header !== undefined && headerOf(values.header)),
    ...(values["first-row"] !== undefined && {
      firstLine: wholeNumber("--first-row", values["first-row"]),
    }),
    ...(values.undo !== undefined && {
      undone: values.undo.map((repair) => oneOf("--undo", repair, UNDOABLE)),
    }),
    ...(values.rows !== undefined && { rows: rowsOf(values.rows) }),
    ...(decimal !== undefined && { decimal: oneOf("--decimal", decimal, [".", ","] as const) }),
    ...(order !== undefined && {
      dateOrder: oneOf("--date-order", order, ["day", "month"] as const),
    }),
    ...(missing !== undefined && missingOf(missing)),
    ...(types !== undefined && { types: Object.fromEntries(types.map(typeOf)) }),
    ...(sheet !== undefined && { sheet }),
  };
}

function delimiterOf(text: string): string {
  const delimiter = DELIMITERS[text] ?? text;
  if (delimiter === "blanks" || delimiter === LINES || delimiter.length === 1) return delimiter;
  throw new EngineError(
    "bad_parameter",
    `--delimiter is one character, tab, blanks or lines; got "${text}"`,
  );
}

function quoteOf(text: string): '"' | "'" | "" {
  return text === "none" ? "" : oneOf("--quote", text, ['"', "'"] as const);
}

function headerOf(text: string): Pick<ReadOptions, "hasHeader" | "headerLine"> {
  const line = wholeNumber("--header", text);
  return line === 0 ? { hasHeader: false } : { headerLine: line, hasHeader: true };
}

function missingOf(text: string): Pick<ReadOptions, "missing" | "missingOnly"> {
  const isOnly = text.startsWith("only:");
  const spellings = isOnly ? text.slice("only:".length) : text;
  const missing = spellings
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return { missing, ...(isOnly && { missingOnly: true }) };
}

function rowsOf(text: string): readonly [first: number, last: number | null] {
  const match = /^(\d+)-(\d*)$/.exec(text);
  const [first, last] = [Number(match?.[1]), match?.[2] ? Number(match[2]) : null];
  if (!match || first < 1 || (last !== null && last < first)) {
    throw new EngineError("bad_parameter", `--rows is FIRST-LAST, counted from 1; got "${text}"`);
  }
  return [first, last];
}

function typeOf(text: string): readonly [column: string, type: ColumnType] {
  const at = text.lastIndexOf("=");
  if (at < 1) throw new EngineError("bad_parameter", `--type is COLUMN=TYPE; got "${text}"`);
  return [text.slice(0, at), oneOf("--type", text.slice(at + 1), TYPES)];
}

/** @throws EngineError `bad_parameter` if the text of an option is none. */
export function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new EngineError("bad_parameter", `${option} is a whole number from 0; got "${text}"`);
}
