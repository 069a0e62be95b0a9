import { CURRENCY_FORMS, withoutCurrency } from "./currency";

/** How numbers are written in a column. */
export interface NumberStyle {
  readonly decimal: "." | ",";
  /** Amounts carry codes or abbreviations: EUR, Rs, kr, and perhaps k or m for thousands or millions. */
  readonly hasCurrency?: boolean;
  /** Stands after most numbers, and is no part of them; nothing if there is none. */
  readonly unit?: string;
}

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const LONGEST = 60;
/** An exponent needs a point, a sign or a single digit before it: 101E1 is the name of an article. */
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const ARTICLE = /^\d{2,}e\d+$/i;
const INFINITE = /^[+-]?(?:inf|infinity|∞)$/i;
const PERCENT = /\s?%$/;
const IN_BRACKETS = /^\((.*\d.*)\)$/;
/** Not of one or two digits alone, which are grades. */
const TRAILING_MINUS = /^((?=\d{3}|\d+[.,'’\s]\d)\d.*[\d.,])\s?-$/;
const BOUND = /^[<>≤≥~≈]=?\s*(?=[\d.,+-])/;
/** Groups of thousands do not begin with a zero. */
const GROUPED = {
  ".": /^[+-]?[1-9]\d{0,2}(?:([,'’ \u00a0\u202f\u2009])\d{3}(?:\1\d{3})*|(?:,\d{2})+,\d{3})(?:\.\d*)?$/,
  ",": /^[+-]?[1-9]\d{0,2}([.'’ \u00a0\u202f\u2009])\d{3}(?:\1\d{3})*(?:,\d*)?$/,
};
/** The other mark where it can only be a decimal one: after a zero, or before any number of digits but three. */
const OTHER_MARK = {
  ".": /^[+-]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,}))$/,
  ",": /^[+-]?(?:0\.\d+|\d+\.(?:\d{1,2}|\d{4,}))$/,
};

/** Digits of other scripts, and the marks that go with them, as those of ASCII: full width, Arabic, Persian and Devanagari. */
const WRITTEN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["０", "٠", "۰", "०"].flatMap((zero) =>
      Array.from("0123456789", (digit, i) => [String.fromCharCode(zero.charCodeAt(0) + i), digit]),
    ),
  ),
  ...{ "．": ".", "，": ",", "－": "-", "＋": "+", "％": "%", "٫": ".", "٬": ",", "٪": "%" },
};
const OTHER_DIGITS = /[０-９٠-٩۰-۹०-९]/;

/** How numbers are written, for scripts that read them elsewhere as `parseNumber` does. `plain`, `article` and `timesAfter` know no case. */
export const NUMBER_FORMS = {
  plain: PLAIN.source,
  article: ARTICLE.source,
  percent: PERCENT.source,
  brackets: IN_BRACKETS.source,
  trailingMinus: TRAILING_MINUS.source,
  bound: BOUND.source,
  grouped: { ".": GROUPED["."].source, ",": GROUPED[","].source },
  otherMark: { ".": OTHER_MARK["."].source, ",": OTHER_MARK[","].source },
  longest: LONGEST,
  written: WRITTEN,
  ...CURRENCY_FORMS,
} as const;

/**
 * The number a cell stands for. Understands signs, exponents, thousands marks (comma, point,
 * space or apostrophe between groups of three, and the Indian groups of two), a currency, a percent sign (5 % is 5), a
 * bound (<0.2 is 0.2), the column's unit, digits of full width and of other scripts, and negative numbers in brackets or with the sign behind.
 *
 * Up to 15 digits are read exactly by one division of two exact doubles; the rest by `Number`.
 * Source: Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990, fast path.
 *
 * @param cell - A cell without outer spaces.
 * @returns The number; ±Infinity if written so or too large; NaN if it is not a number.
 */
export function parseNumber(cell: string, style: NumberStyle): number {
  const length = cell.length;
  const mark = style.decimal === "." ? 46 : 44;
  const first = cell.charCodeAt(0);
  let i = first === 45 || first === 43 ? 1 : 0;
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (; i < length; i++) {
    const code = cell.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      digits++;
      if (decimals >= 0) decimals++;
    } else if (code === mark && decimals < 0) decimals = 0;
    else break;
  }
  if (i < length || digits === 0 || digits > 15) {
    return style.hasCurrency || mayBeNumber(cell) ? parseRare(cell, style) : NaN;
  }
  const value = decimals > 0 ? mantissa / POWERS_OF_TEN[decimals]! : mantissa;
  return first === 45 ? -value : value;
}

/**
 * Which decimal mark some cells of one column speak for: `null` if they fit both, as 12 and 1,234
 * do when nothing else is known.
 */
export function decimalEvidence(cells: readonly string[]): "." | "," | null {
  let point = 0;
  let comma = 0;
  for (const cell of cells) {
    const text = withoutCurrency(cell).text;
    if (/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text)) continue;
    if (/^[+-]?\d*\.\d+(?:e[+-]?\d+)?$/i.test(text)) point++;
    else if (/^[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+)$/.test(text)) comma++;
    else if (/^[+-]?\d+,\d+e[+-]?\d+$/i.test(text)) comma++;
    else if (/^[+-]?\d{1,3}(?:,\d{3}){2,}$/.test(text) || /^[+-]?\d[\d,]*,\d{3}\.\d+$/.test(text))
      point++;
    else if (/^[+-]?\d[\d.]*\.\d{3},\d+$/.test(text) || /^[+-]?\d{1,3}(?:\.\d{3}){2,}$/.test(text))
      comma++;
  }
  if (point === comma) return null;
  return comma > point ? "," : ".";
}

function parseRare(cell: string, style: NumberStyle): number {
  if (cell.length > LONGEST) return NaN;
  if (OTHER_DIGITS.test(cell)) return parseNumber(inAscii(cell), style);
  const inBrackets = IN_BRACKETS.exec(cell);
  if (inBrackets) {
    const value = parseRare(inBrackets[1]!, style);
    return value >= 0 ? -value : NaN;
  }
  if (INFINITE.test(cell)) return cell.startsWith("-") ? -Infinity : Infinity;
  let plain = cell.replace(/^[−–]/, "-").replace(BOUND, "").replace(PERCENT, "");
  const { unit } = style;
  if (unit && plain.endsWith(unit)) plain = plain.slice(0, -unit.length).trimEnd();
  const { text, times, isNegative } = withoutCurrency(plain, style.hasCurrency);
  if (text !== cell && IN_BRACKETS.test(text)) return parseRare(text, { decimal: style.decimal });
  const value = parseSigned(text, style.decimal) * times;
  return isNegative ? -value : value;
}

/** @param cell - With digits of other scripts. */
function inAscii(cell: string): string {
  return Array.from(cell, (letter) => WRITTEN[letter] ?? letter).join("");
}

function parseSigned(text: string, decimal: "." | ","): number {
  const behind = TRAILING_MINUS.exec(text);
  if (behind) return -parseSigned(behind[1]!, decimal);
  if (GROUPED[decimal].test(text)) {
    return Number(
      decimal === "."
        ? text.replace(/[^\d.+-]/g, "")
        : text.replace(/[^\d,+-]/g, "").replace(",", "."),
    );
  }
  if (OTHER_MARK[decimal].test(text)) return Number(text.replace(",", "."));
  const pointed = decimal === "." ? text : text.replace(/^([^.,]*),/, "$1.");
  return PLAIN.test(pointed) && !ARTICLE.test(pointed) ? Number(pointed) : NaN;
}

/** A cheap look at the first characters, so that words do not reach the patterns. */
function mayBeNumber(cell: string): boolean {
  if (cell.length > LONGEST) return false;
  const first = cell.charCodeAt(0);
  if (first >= 40 && first <= 57) return true; // ( ) * + , - . / digits
  if (first > 127 || "$\\<>~Ii".includes(cell.charAt(0))) return true;
  return cell.charAt(1) === "$" || cell.charAt(2) === "$"; // R$ and US$
}
