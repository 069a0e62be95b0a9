const LIST = /^\d{1,3}(?:,\s?\d{1,2}){2,}$/;
const REFERENCE = /^\(\d{1,3}\)$/;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const PHONE = /^\d{3}([. \u00a0])\d{3}(?:\1\d{3})+$/;
/** Fewer of one shape may be so by chance. */
const ROWS_OF_ONE_SHAPE = 3;

/**
 * Whether cells that could be read as numbers are none: lists of numbers, references as (1), addresses as 192.168.100.200,
 * and phone numbers as 555.123.456.
 *
 * @param values - Without outer spaces; at least one.
 */
export function areNoNumbers(values: readonly string[]): boolean {
  return areLists(values) || values.every((cell) => REFERENCE.test(cell)) || areCalled(values);
}

/** A list of three or more numbers in one cell says what two in another are. */
function areLists(values: readonly string[]): boolean {
  const count = (is: RegExp) => values.filter((cell) => is.test(cell)).length;
  return count(LIST) > 0.05 * values.length && count(/^\d+(?:,\s?\d+)*$/) > 0.5 * values.length;
}

/** Groups of as many digits in every row are no thousands, whose first group has one, two or three. */
function areCalled(values: readonly string[]): boolean {
  if (values.length < ROWS_OF_ONE_SHAPE) return false;
  const isAddress = (cell: string) =>
    ADDRESS.test(cell) && cell.split(".").every((part) => Number(part) < 256);
  if (values.every(isAddress)) return true;
  const length = values[0]!.length;
  return values.every((cell) => cell.length === length && PHONE.test(cell));
}
