import { CODES, DOLLARS, SIGNS, WORDS } from "./currencies";

const MARK = `(?:(?:${DOLLARS})\\$|[${SIGNS}])`;
const SIGN_BEFORE = new RegExp(`^([+-]?)\\s?(${MARK})\\s?`);
const SIGN_AFTER = new RegExp(`\\s?([${SIGNS}]|元|円)$`);
/** An amount and no number of an article: with marks between groups, or two decimals. */
const AMOUNT = String.raw`\(?[+-]?(?:\d{1,3}(?:[.,'’\s]\d{2,3})*[.,'’\s]\d{3}(?:[.,]\d+)?|\d+[.,]\d\d)\)?(?!\S)`;
/** `EUR 12`, `EUR12` and `EUR -12`; but PEN-12 is the name of something, and so are RM101 and rs1234. */
const CODE_BEFORE = `(?:${CODES})(?=\\s|\\(|[+.,]?\\d|${AMOUNT})`;
const WORD_BEFORE = `(?:${WORDS})(?:(?<=\\.)(?=[\\d(])|(?=\\s|${AMOUNT}))`;
const NAME_BEFORE = new RegExp(`^([+-]?)\\s?(${MARK}|[元円원]|${CODE_BEFORE}|${WORD_BEFORE})\\s?`);
const NAME_AFTER = new RegExp(`\\s?([${SIGNS}]|(?:(?<=[\\d.,)])|(?<=\\s))(?:${CODES}|${WORDS}))$`);
const CREDIT = /\s?(?:CR|DR)$/;
const TIMES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mn: 1e6, b: 1e9, bn: 1e9 };
const TIMES_AFTER = /(?<=\d)\s?(k|mn?|bn?)$/i;

/** How amounts are written, for scripts that read them elsewhere. */
export const CURRENCY_FORMS = {
  signs: [SIGN_BEFORE.source, SIGN_AFTER.source],
  names: [NAME_BEFORE.source, NAME_AFTER.source],
  credit: CREDIT.source,
  timesAfter: TIMES_AFTER.source,
  times: TIMES,
} as const;

export interface Amount {
  readonly text: string;
  /** What k, m or bn behind an amount of money stands for. */
  readonly times: number;
  /** Booked as a credit. */
  readonly isNegative: boolean;
}

/**
 * What is left of an amount without its currency.
 *
 * @param isNamed - Also codes and abbreviations, with words for thousands and millions; otherwise signs alone.
 */
export function withoutCurrency(cell: string, isNamed = false): Amount {
  if (!isNamed) {
    return {
      text: cell.replace(SIGN_BEFORE, "$1").replace(SIGN_AFTER, ""),
      times: 1,
      isNegative: false,
    };
  }
  let text = cell.replace(NAME_BEFORE, "$1");
  const hadSign = text !== cell;
  text = text.replace(NAME_AFTER, "");
  const times = hadSign ? TIMES_AFTER.exec(text)?.[1]?.toLowerCase() : undefined;
  if (times !== undefined) text = text.replace(TIMES_AFTER, "");
  const isNegative = CREDIT.exec(text)?.[0].endsWith("CR") ?? false;
  return { text: text.replace(CREDIT, ""), times: TIMES[times ?? ""] ?? 1, isNegative };
}

/** Whether a cell is an amount with a code, an abbreviation or a word for thousands: what signs alone do not explain. */
export function isNamedAmount(cell: string): boolean {
  if (!/\d/.test(cell) || cell.length > 40) return false;
  const { text, times } = withoutCurrency(cell, true);
  if (text === withoutCurrency(cell).text && times === 1) return false;
  return /^[+-]?[\d.,'’ \u00a0\u202f()-]+$/.test(text);
}

/**
 * The currency that an amount is written with, as it is written; null if it has none.
 *
 * @param isNamed - Also codes and abbreviations; otherwise signs alone.
 */
export function currencyMark(cell: string, isNamed: boolean): string | null {
  const before = (isNamed ? NAME_BEFORE : SIGN_BEFORE).exec(cell)?.[2];
  return before ?? (isNamed ? NAME_AFTER : SIGN_AFTER).exec(cell)?.[1] ?? null;
}
