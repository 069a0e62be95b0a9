import type { KnownStyle } from "./cell-style";
import { parseNumber } from "./numerals";

/** Predictions are not known to more figures than this. */
const FIGURES = 7;

/** As far as a prediction is known. */
export function knownFigures(value: number): number {
  return Number(value.toPrecision(FIGURES));
}

/** The same as one of a column's numbers, of which nothing before the decimal mark is cut. */
export function filledNumber(value: number): number {
  return Math.abs(value) < 10 ** FIGURES ? knownFigures(value) : Math.round(value);
}

/** A number with the decimal mark of others. */
export function withMark(value: number, decimal: "." | ","): string {
  const text = String(value);
  return decimal === "," ? text.replace(".", ",") : text;
}

/** A number as the others of its column are written, with unit or currency, wherever that reads as the same number. */
export function writtenNumber(value: number, style: KnownStyle): string {
  const [before, after] = style.around;
  const plain = withMark(value, style.decimal);
  if (before === "" && after === "") return plain;
  const sign = value < 0 ? "-" : "";
  const full = sign + before + plain.slice(sign.length) + after;
  return parseNumber(full, style) === value ? full : plain;
}
