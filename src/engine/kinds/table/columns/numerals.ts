/** How numbers are written in a column. */
export interface NumberStyle {
  readonly decimal: "." | ",";
}

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const LONGEST = 60;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?(?:inf|infinity|∞)$/i;
const CURRENCY = /^([+-]?)\s?(?:US\$|[$€£¥₹₩￥])\s?|\s?[$€£¥₹₩￥元%]$/g;
const IN_BRACKETS = /^\((.*\d.*)\)$/;
const GROUPED = {
  ".": /^[+-]?\d{1,3}([,'’ \u00a0\u202f\u2009])\d{3}(?:\1\d{3})*(?:\.\d*)?$/,
  ",": /^[+-]?\d{1,3}([.'’ \u00a0\u202f\u2009])\d{3}(?:\1\d{3})*(?:,\d*)?$/,
};

/**
 * The number a cell stands for. Understands signs, exponents, thousands marks (comma, point,
 * space or apostrophe between groups of three), a currency sign, a percent sign (5 % is 5) and
 * negative numbers in brackets.
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
    return mayBeNumber(first, length) ? parseRare(cell, style) : NaN;
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
    const text = cell.replace(CURRENCY, "$1");
    if (/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text)) continue;
    if (/^[+-]?\d*\.\d+(?:e[+-]?\d+)?$/i.test(text)) point++;
    else if (/^[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+)$/.test(text)) comma++;
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
  const inBrackets = IN_BRACKETS.exec(cell);
  if (inBrackets) {
    const value = parseRare(inBrackets[1]!, style);
    return value >= 0 ? -value : NaN;
  }
  if (INFINITE.test(cell)) return cell.startsWith("-") ? -Infinity : Infinity;
  const text = cell.replace("−", "-").replace(CURRENCY, "$1");
  if (GROUPED[style.decimal].test(text)) {
    return Number(
      style.decimal === "."
        ? text.replace(/[^\d.+-]/g, "")
        : text.replace(/[^\d,+-]/g, "").replace(",", "."),
    );
  }
  const pointed = style.decimal === "." ? text : text.replace(/^([^.,]*),/, "$1.");
  return PLAIN.test(pointed) ? Number(pointed) : NaN;
}

/** A cheap look at the first character, so that words do not reach the patterns. */
function mayBeNumber(first: number, length: number): boolean {
  if (length > LONGEST) return false;
  if (first >= 40 && first <= 57) return true; // ( ) * + , - . / digits
  return first === 36 || first === 73 || first === 105 || first === 85 || first > 127; // $ I i U(S$)
}
