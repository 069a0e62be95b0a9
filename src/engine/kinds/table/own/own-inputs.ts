import { categoryKey } from "../../../ground/category-key";
import type { Matrix } from "../../../ground/matrix";
import type { Column, Table } from "../columns/column";

const DATE_PARTS = ["year", "month", "weekday", "hour"] as const;
export type DatePart = (typeof DATE_PARTS)[number];

export function isDatePart(of: OwnInput["of"]): of is DatePart {
  return DATE_PARTS.some((part) => part === of);
}

/** One input of a model of the user's own, made from a column by its name, so that it can be made of another table too. */
export type OwnInput =
  | { readonly column: string; readonly of: "number" }
  | { readonly column: string; readonly of: DatePart }
  /** 1 where the cell is this value, whatever its case and spaces, 0 where it is another or none. */
  | { readonly column: string; readonly of: "value"; readonly value: string }
  /** 1 where the cell is empty, else 0. */
  | { readonly column: string; readonly of: "missing" };

export type LeftOutReason =
  "identifier" | "text" | "constant" | "unasked" | "answered" | "too_many";

export interface LeftOutColumn {
  readonly column: string;
  readonly why: LeftOutReason;
}

export interface OwnInputs {
  readonly inputs: readonly OwnInput[];
  readonly leftOut: readonly LeftOutColumn[];
}

/** Values of a category that get an input of their own, the most frequent first; the others are alike. */
const MOST_VALUES = 20;
/** Rows that a value must have to get one. */
const LEAST_VALUE_ROWS = 3;
/** A learner's time and its need of answers grow with the inputs. */
const MOST_INPUTS = 400;

/**
 * What a model can learn from the columns of a table: numbers, categories, dates taken apart, and where a cell is empty.
 * Identifiers, free text and what has one value are left out, and so is a column that is filled only where the answer is
 * known: it will not be there when it is wanted.
 *
 * @param target - Name of the column to be predicted, which is neither an input nor left out.
 * @param known - Rows with an answer, ascending.
 * @param unasked - Names of columns that are not to be used.
 */
export function ownInputs(
  table: Table,
  target: string,
  known: Int32Array,
  unasked: readonly string[] = [],
): OwnInputs {
  const inputs: OwnInput[] = [];
  const leftOut: LeftOutColumn[] = [];
  const isKnown = new Uint8Array(table.rows);
  for (const row of known) isKnown[row] = 1;
  for (const column of table.columns) {
    if (column.name === target) continue;
    const made = unasked.includes(column.name) ? "unasked" : inputsOf(column, known, isKnown);
    if (typeof made === "string") leftOut.push({ column: column.name, why: made });
    else if (inputs.length + made.length <= MOST_INPUTS) inputs.push(...made);
    else leftOut.push({ column: column.name, why: "too_many" });
  }
  return { inputs, leftOut };
}

function inputsOf(column: Column, known: Int32Array, isKnown: Uint8Array) {
  const { name, type, numbers, codes } = column;
  if (type === "identifier" || type === "text" || type === "constant") return type;
  const isNumeric = type !== "category";
  if (isNumeric ? !numbers : !codes) return "text";
  const isEmpty = (row: number) => (isNumeric ? Number.isNaN(numbers![row]!) : codes![row]! < 0);
  const filled = known.reduce((sum, row) => sum + Number(!isEmpty(row)), 0);
  if (known.length < isKnown.length) {
    let elsewhere = 0;
    isKnown.forEach((one, row) => (elsewhere += Number(one === 0 && !isEmpty(row))));
    if (elsewhere === 0 && filled > 0) return "answered";
  }
  const made = (isNumeric ? numberInputs(column) : valueInputs(column, known)).filter((input) =>
    varies(cellsOf(column, input), known),
  );
  const missing: OwnInput = { column: name, of: "missing" };
  if (varies(cellsOf(column, missing), known)) made.push(missing);
  return made.length === 0 ? "constant" : made;
}

function numberInputs({ name, type }: Column): OwnInput[] {
  if (type !== "date") return [{ column: name, of: "number" }];
  return DATE_PARTS.map((of) => ({ column: name, of }));
}

function valueInputs({ name, codes, categories }: Column, known: Int32Array): OwnInput[] {
  const keys = categories.map(categoryKey);
  const counts = new Map<string, { readonly value: string; count: number }>();
  for (const row of known) {
    const code = codes![row]!;
    if (code < 0) continue;
    const key = keys[code]!;
    const entry = counts.get(key);
    if (entry) entry.count++;
    else counts.set(key, { value: categories[code]!, count: 1 });
  }
  return [...counts.values()]
    .filter(({ count }) => count >= LEAST_VALUE_ROWS)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_VALUES)
    .map(({ value }) => ({ column: name, of: "value", value }));
}

function varies(cellAt: (row: number) => number, rows: Int32Array): boolean {
  let first = NaN;
  for (const row of rows) {
    const cell = cellAt(row);
    if (Number.isNaN(cell)) continue;
    if (Number.isNaN(first)) first = cell;
    else if (cell !== first) return true;
  }
  return false;
}

/** Names of the columns that inputs are made from, each once. */
export function inputColumns(inputs: readonly OwnInput[]): string[] {
  return [...new Set(inputs.map(({ column }) => column))];
}

/** The column of a name, also where only case and spaces differ; undefined where there is none. */
export function columnNamed<T extends { readonly name: string }>(
  columns: readonly T[],
  name: string,
): T | undefined {
  const key = categoryKey(name);
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => categoryKey(column.name) === key)
  );
}

/**
 * The inputs of all rows.
 *
 * @returns Shape [n, inputs], NaN where a number or a date is missing, or the table has no such column.
 */
export function encodeInputs(
  table: Table,
  inputs: readonly OwnInput[],
): Matrix<Float32Array<ArrayBuffer>> {
  const [rows, cols] = [table.rows, inputs.length];
  const data = new Float32Array(rows * cols);
  const columns = new Map(
    inputColumns(inputs).map((name) => [name, columnNamed(table.columns, name)]),
  );
  inputs.forEach((input, k) => {
    const column = columns.get(input.column);
    const cellAt = column ? cellsOf(column, input) : () => NaN;
    for (let i = 0; i < rows; i++) data[i * cols + k] = cellAt(i);
  });
  return { data, rows, cols };
}

function cellsOf({ numbers, codes, categories, type }: Column, input: OwnInput) {
  if (input.of === "value") {
    const wanted = categoryKey(input.value);
    const isIt = categories.map((text) => categoryKey(text) === wanted);
    return (row: number) => Number(isIt[codes?.[row] ?? -1] ?? false);
  }
  if (input.of === "missing") {
    if (type === "category") return (row: number) => Number((codes?.[row] ?? -1) < 0);
    return (row: number) => Number(Number.isNaN(numbers?.[row] ?? NaN));
  }
  if (input.of === "number") return (row: number) => single(numbers?.[row] ?? NaN);
  const part = input.of;
  return (row: number) => datePart(numbers?.[row] ?? NaN, part);
}

/** Missing where single precision cannot hold it. */
function single(value: number): number {
  return Number.isFinite(Math.fround(value)) ? value : NaN;
}

/** @returns NaN where there is no date. */
export function datePart(ms: number, part: DatePart): number {
  if (Number.isNaN(ms)) return NaN;
  const date = new Date(ms);
  switch (part) {
    case "year": // With its fraction, so that it tells what goes on through the years.
      return date.getUTCFullYear() + date.getUTCMonth() / 12 + (date.getUTCDate() - 1) / 372;
    case "month":
      return date.getUTCMonth() + 1;
    case "weekday":
      return date.getUTCDay();
    case "hour":
      return date.getUTCHours() + date.getUTCMinutes() / 60;
  }
}
