import type { ColumnType } from "./column";
import type { StoredColumn } from "./stored-column";

/** A column is numbers (or dates) if at least this share of its values are. */
const MOSTLY = 0.95;
const FEW_VALUES = 20;
/** With fewer rows, one repeated value says little about the column. */
const ROWS_FOR_CONSTANT = 10;

export const TRUE_WORDS: ReadonlySet<string> = new Set(["true", "t", "yes", "y", "on", "是", "真"]);
export const FALSE_WORDS: ReadonlySet<string> = new Set([
  "false",
  "f",
  "no",
  "n",
  "off",
  "否",
  "假",
]);
const ID_NAME =
  /(?:^|[\s_.#-])(?:id|ids|key|uuid|guid|index|idx|rowid|rownum|rownames?|row|no)\.?$/i;
const CAMEL_ID_NAME = /[a-z](?:Id|ID)$|^(?:编号|序号|id号)$|^Unnamed: 0$/;
const CODE_NAME =
  /(?:^|[\s_.-])(?:zip|zip[\s_-]?code|post[\s_-]?(?:al)?[\s_-]?code|plz|邮编|邮政编码)$/i;
const DATE_NAME =
  /date|datum|fecha|日期|日付|날짜|(?:^|[\s_.-])(?:data|day|dob|jour|tag)(?:$|[\s_.-])/i;

/**
 * What a column most likely holds.
 *
 * @param isNamed - False if the file gives this column no name.
 */
export function detectType(column: StoredColumn, isNamed: boolean): ColumnType {
  const { values, categories, hasCodes, numeric, hasDates, dated, rows } = column;
  if (values === 0) return "constant";
  if (hasCodes && categories.length === 1 && rows >= ROWS_FOR_CONSTANT) return "constant";
  if (truthOf(categories) && !column.hasNumbers) return "boolean";
  if (column.hasNumbers && numeric >= MOSTLY * values) return numberType(column, isNamed);
  const areDates = hasDates && dated >= MOSTLY * values;
  if (areDates && (!column.areShortDates || DATE_NAME.test(column.name))) return "date";
  return wordType(column);
}

/** The types that the values of a column allow, `detected` among them. */
export function possibleTypes(column: StoredColumn, detected: ColumnType): readonly ColumnType[] {
  const { hasCodes, categories, hasDates, hasNumbers, whole, values } = column;
  const possible = new Set<ColumnType>([detected]);
  if (values > 0) {
    if (hasNumbers) possible.add("number");
    if (hasNumbers && whole === column.numeric) possible.add("integer");
    if (truthOf(categories)) possible.add("boolean");
    if (hasCodes) possible.add("category");
    if (hasDates) possible.add("date");
    possible.add("text").add("identifier");
  }
  if (categories.length === 1) possible.add("constant");
  const order: readonly ColumnType[] = [
    ...(["number", "integer", "boolean", "category"] as const),
    ...(["date", "text", "identifier", "constant"] as const),
  ];
  return order.filter((type) => possible.has(type));
}

/**
 * The truth value of each category, if all of them say yes or no (in any letter case) or 1 or 0.
 *
 * @returns 1 or 0 per category; null if some category says neither, or there is none.
 */
export function truthOf(categories: readonly string[]): Float64Array | null {
  if (categories.length === 0 || categories.length > 12) return null;
  const truth = Float64Array.from(categories, (category) => {
    const word = category.toLowerCase();
    if (TRUE_WORDS.has(word)) return 1;
    if (FALSE_WORDS.has(word)) return 0;
    const number = /^[01](?:[.,]0*)?$/.test(word) ? Number(word.charAt(0)) : NaN;
    return number;
  });
  return truth.some(Number.isNaN) ? null : truth;
}

function numberType(column: StoredColumn, isNamed: boolean): ColumnType {
  const { name, numeric, whole, leadingZeros, tooPrecise, hasCodes, values, longest } = column;
  if (whole < numeric) return "number";
  if (tooPrecise > 0.01 * values) return "identifier";
  const isPostcode = CODE_NAME.test(name) && longest >= 4 && longest <= 6;
  if (leadingZeros > 0.01 * values || isPostcode) {
    return hasCodes && !isUnique(column) ? "category" : "identifier";
  }
  const isCounter = !isNamed && column.isAscending && values === column.rows && values > 2;
  const isKey = (ID_NAME.test(name) || CAMEL_ID_NAME.test(name)) && (isUnique(column) || !hasCodes);
  return isCounter || isKey ? "identifier" : "integer";
}

function wordType(column: StoredColumn): ColumnType {
  const { hasCodes, values, distinctSeen, longest, spaced } = column;
  const isShort = longest <= 40 && spaced <= 0.1 * values;
  const isManyOnce = isUnique(column) && values > FEW_VALUES;
  if (isManyOnce) return isShort ? "identifier" : "text";
  const repeats = distinctSeen <= FEW_VALUES || 2 * distinctSeen <= values;
  if (hasCodes && repeats && !(isUnique(column) && longest > 60)) return "category";
  return "text";
}

/** For a column whose values are too many to tell apart: as far as they were told apart. */
function isUnique({ wasUnique, values }: StoredColumn): boolean {
  return wasUnique && values > 1;
}
