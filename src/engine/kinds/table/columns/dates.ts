/** Families of written dates. In `ordered` ones day and month can only be told apart over a whole column. */
export type DateFamily = "plain" | "ordered";

const DAY_MS = 86_400_000;
/** From the day before March of the year 0. */
const DAYS_TO_1970 = 719_469;
/** The end of the year 9999 in ms since 1970. Packed dates of any year from 300 on are above it. */
const LATEST = 253_402_300_800_000;
const CLOCK = String.raw`(?:[T ,]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?)?`;
const ZONE = String.raw`\s*(Z|UTC|[+-]\d{2}:?\d{2})?`;
const YEAR_FIRST = new RegExp(
  String.raw`^(\d{4})(?:[-/.年]|년\s?)(\d{1,2})(?:[-/.月]|월\s?)(\d{1,2})[日일]?${CLOCK}${ZONE}$`,
  "i",
);
const NAMED_DAY_FIRST = new RegExp(
  String.raw`^(\d{1,2})(?:er|º)?[ -/.]+(?:de )?(\p{L}{3,10})\.?[ -/,.]+(?:de )?(\d{4}|\d{2})${CLOCK}${ZONE}$`,
  "iu",
);
const NAMED_MONTH_FIRST = new RegExp(
  String.raw`^(\p{L}{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})${CLOCK}${ZONE}$`,
  "iu",
);
/** Of a month, its first day. */
const YEAR_MONTH = /^((?:1[89]|20|21)\d\d)(?:[-/](?=\d\d$)|年(?=\d{1,2}月$))(0?[1-9]|1[0-2])月?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?Z?$/;
const ORDERED = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${CLOCK}$`, "i");
/** By their first letters, as short as they can be told apart: English, German, French, Spanish, Italian, Portuguese, Dutch. */
const MONTHS = [
  ...[
    /^(?:jan|ene|gen)/,
    /^(?:feb|fév|fev)/,
    /^(?:mar|mär|mrz|maa|mrt)/,
    /^(?:apr|avr|abr)/,
    /^(?:may|mai|mag|mei)/,
  ],
  ...[
    /^(?:jun|juin|giu)/,
    /^(?:jul|juil|lug)/,
    /^(?:aug|aoû|aou|ago)/,
    /^(?:sep|set)/,
    /^(?:oct|okt|ott|out)/,
  ],
  ...[/^nov/, /^(?:dec|dez|déc|dic)/],
];

/**
 * How dates are written, for scripts that read them elsewhere: patterns, case-insensitive, with which part each of their first
 * three groups holds (year, of two digits perhaps, month, day, or name of the month; of a month there are two), hour to half of the day in groups 4 to 8 and the zone in 9. In
 * `ordered`, groups 1 and 3 are day and month, 4 the year, and hour to half are 5 to 9.
 */
export const DATE_FORMS = {
  plain: [
    ["ymd", YEAR_FIRST.source],
    ["ymd", COMPACT.source],
    ["dny", NAMED_DAY_FIRST.source],
    ["ndy", NAMED_MONTH_FIRST.source],
    ["ym", YEAR_MONTH.source],
  ],
  ordered: ORDERED.source,
  months: MONTHS.map(({ source }) => source),
} as const;

/**
 * A date whose parts cannot be mistaken: 2021-01-28, 2021/1/28 14:00, 2021年1月28日,
 * 2021-01-28T14:00:00+08:00, 20210128T140000, 28 Jan 2021, 28-Jan-21, January 28, 2021; or a month, 2021-01 or 2021年1月. Without a zone it is taken as UTC.
 *
 * @param cell - A cell without outer spaces.
 * @returns Milliseconds since 1970, or NaN.
 */
export function parsePlainDate(cell: string): number {
  if (cell.length < 7 || cell.length > 40) return NaN;
  const plain = plainDay(cell);
  if (!Number.isNaN(plain)) return plain;
  let match = YEAR_FIRST.exec(cell);
  if (match) return instant(Number(match[1]), Number(match[2]), Number(match[3]), match);
  match = COMPACT.exec(cell);
  if (match) return instant(Number(match[1]), Number(match[2]), Number(match[3]), match);
  match = NAMED_DAY_FIRST.exec(cell);
  if (match) return instant(yearOf(match[3]!), monthOf(match[2]!), Number(match[1]), match);
  match = YEAR_MONTH.exec(cell);
  if (match) return midnight(Number(match[1]), Number(match[2]), 1);
  match = NAMED_MONTH_FIRST.exec(cell);
  return match ? instant(Number(match[3]), monthOf(match[1]!), Number(match[2]), match) : NaN;
}

/**
 * A date as 28/01/2021, 1.28.21 or 01-28-2021 02:00 PM, packed with its first two parts in the
 * order they are written, to be opened by `openOrderedDates` when the order is known.
 *
 * @param cell - A cell without outer spaces.
 * @returns ((year · 100 + first) · 100 + second) · 86 400 000 + ms of the day; or NaN.
 */
export function packOrderedDate(cell: string): number {
  if (cell.length < 6 || cell.length > 32) return NaN;
  const match = ORDERED.exec(cell);
  if (!match) return NaN;
  const first = Number(match[1]);
  const second = Number(match[3]);
  const ofDay = clock(match, 5);
  const isPossible = first > 0 && second > 0 && Math.min(first, second) <= 12;
  if (!isPossible || Math.max(first, second) > 31 || Number.isNaN(ofDay)) return NaN;
  return ((yearOf(match[4]!) * 100 + first) * 100 + second) * DAY_MS + ofDay;
}

/** Of two digits those from 70 on are of the last century. */
function yearOf(written: string): number {
  const year = Number(written);
  return written.length === 4 ? year : year + (year < 70 ? 2000 : 1900);
}

/** In which order dates are read whose parts do not tell. */
export interface DateOrder {
  readonly isMonthFirst: boolean;
  /** All of them could be read in the other order as well, and some would be other dates then. */
  readonly isAmbiguous: boolean;
}

/**
 * Turn packed dates into milliseconds since 1970, in place. The month comes first if more second parts are above 12 than
 * first ones, and the day if it is the other way round or nothing tells: 3/4/2021 alone is read as 3 April. Dates that are open already stay.
 *
 * @param isMonthFirst - Found out if left out.
 * @param isLikelyMonthFirst - Where nothing tells.
 * @param onLost - Told the index of each that is no date in this order, and becomes NaN.
 * @returns Null if none was packed.
 */
export function openOrderedDates(
  packed: Float64Array,
  {
    isMonthFirst,
    isLikelyMonthFirst = false,
  }: {
    readonly isMonthFirst?: boolean | undefined;
    readonly isLikelyMonthFirst?: boolean | undefined;
  } = {},
  onLost?: (index: number) => void,
): DateOrder | null {
  let [count, firstAbove, secondAbove, unlike] = [0, 0, 0, 0];
  for (const value of packed) {
    if (!(value > LATEST)) continue;
    count++;
    const date = Math.floor(value / DAY_MS);
    const [first, second] = [Math.floor(date / 100) % 100, date % 100];
    if (first > 12) firstAbove++;
    if (second > 12) secondAbove++;
    if (first !== second) unlike++;
  }
  if (count === 0) return null;
  const comesFirst =
    isMonthFirst ?? (secondAbove === firstAbove ? isLikelyMonthFirst : secondAbove > firstAbove);
  for (let i = 0; i < packed.length; i++) {
    const value = packed[i]!;
    if (!(value > LATEST)) continue;
    const date = Math.floor(value / DAY_MS);
    const first = Math.floor(date / 100) % 100;
    const second = date % 100;
    const [month, day] = comesFirst ? [first, second] : [second, first];
    packed[i] = midnight(Math.floor(date / 10_000), month, day) + (value - date * DAY_MS);
    if (Number.isNaN(packed[i])) onLost?.(i);
  }
  const isAmbiguous = isMonthFirst === undefined && firstAbove + secondAbove === 0 && unlike > 0;
  return { isMonthFirst: comesFirst, isAmbiguous };
}

/** `match` holds hour, minute, second, fraction, am/pm and zone from index 4. */
function instant(year: number, month: number, day: number, match: RegExpExecArray): number {
  const zone = match[9];
  const digits = zone ? /^([+-])(\d{2}):?(\d{2})$/.exec(zone) : null;
  const ahead = digits ? (Number(digits[2]) * 60 + Number(digits[3])) * 60_000 : 0;
  return midnight(year, month, day) + clock(match, 4) - (digits?.[1] === "-" ? -ahead : ahead);
}

/** 2021-01-28, which most columns of dates hold alone; NaN of anything else. */
function plainDay(cell: string): number {
  if (cell.length !== 10 || cell.charCodeAt(4) !== 45 || cell.charCodeAt(7) !== 45) return NaN;
  const year = 100 * twoDigits(cell, 0) + twoDigits(cell, 2);
  return midnight(year, twoDigits(cell, 5), twoDigits(cell, 8));
}

function twoDigits(cell: string, at: number): number {
  const [tens, ones] = [cell.charCodeAt(at) - 48, cell.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN;
}

/**
 * Milliseconds since 1970, by years that begin in March, so that a leap day ends one. NaN of a day that there is not.
 *
 * Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013, `days_from_civil`.
 */
function midnight(year: number, month: number, day: number): number {
  const isPossible = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!isPossible) return NaN;
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9];
  const days = 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return (days + Math.floor((153 * m + 2) / 5) + day - DAYS_TO_1970) * DAY_MS;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function clock(match: RegExpExecArray, at: number): number {
  const hour = Number(match[at] ?? 0);
  const minute = Number(match[at + 1] ?? 0);
  const second = Number(match[at + 2] ?? 0);
  const fraction = Number(`0.${match[at + 3] ?? "0"}`);
  const half = match[at + 4]?.charAt(0).toLowerCase();
  if (hour > (half ? 12 : 24) || minute > 59 || second > 60) return NaN;
  const hours = half ? (hour % 12) + (half === "p" ? 12 : 0) : hour;
  return Math.round(((hours * 60 + minute) * 60 + second + fraction) * 1000);
}

function monthOf(name: string): number {
  const small = name.toLowerCase();
  return MONTHS.findIndex((month) => month.test(small)) + 1;
}
