/** A number as spreadsheets read it: it stays one. */
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

/**
 * Where a spreadsheet may see the start of a formula: at the start of a cell, behind what it skips, or behind what other
 * spreadsheets take for the end of a cell. Source: OWASP, "CSV Injection".
 */
const STARTS = /(^|[,;|\t\r\n])([\s\p{Cf}]*)([=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/**
 * A text of someone else's as a cell that no spreadsheet takes for a formula: an apostrophe stands before what would be
 * one. Numbers stay as they are.
 */
export function inertText(text: string): string {
  if (NUMBER.test(text)) return text;
  const inert = text.replace(STARTS, "$1'$2$3");
  return /^[\t\r\n]/.test(inert) ? `'${inert}` : inert;
}
