/** Families of written dates. In `ordered` ones day and month can only be told apart over a whole column. */
export type DateFamily = "plain" | "ordered";

const DAY_MS = 86_400_000;
const CLOCK = String.raw`(?:[T ,]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?)?`;
const ZONE = String.raw`\s*(Z|UTC|[+-]\d{2}:?\d{2})?`;
const YEAR_FIRST = new RegExp(
  String.raw`^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?${CLOCK}${ZONE}$`,
  "i",
);
const NAMED_DAY_FIRST = new RegExp(
  String.raw`^(\d{1,2})[ -/.]([a-z]{3,9})\.?[ -/,.]+(\d{4})${CLOCK}${ZONE}$`,
  "i",
);
const NAMED_MONTH_FIRST = new RegExp(
  String.raw`^([a-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})${CLOCK}${ZONE}$`,
  "i",
);
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?Z?$/;
const ORDERED = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${CLOCK}$`, "i");
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * A date whose parts cannot be mistaken: 2021-01-28, 2021/1/28 14:00, 2021年1月28日,
 * 2021-01-28T14:00:00+08:00, 20210128T140000, 28 Jan 2021, January 28, 2021. Without a zone it is taken as UTC.
 *
 * @param cell - A cell without outer spaces.
 * @returns Milliseconds since 1970, or NaN.
 */
export function parsePlainDate(cell: string): number {
  if (cell.length < 8 || cell.length > 40) return NaN;
  let match = YEAR_FIRST.exec(cell);
  if (match) return instant(Number(match[1]), Number(match[2]), Number(match[3]), match);
  match = COMPACT.exec(cell);
  if (match) return instant(Number(match[1]), Number(match[2]), Number(match[3]), match);
  match = NAMED_DAY_FIRST.exec(cell);
  if (match) return instant(Number(match[3]), monthOf(match[2]!), Number(match[1]), match);
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
  const written = Number(match[4]);
  const year = match[4]!.length === 4 ? written : written + (written < 70 ? 2000 : 1900);
  return ((year * 100 + first) * 100 + second) * DAY_MS + ofDay;
}

/**
 * Turn packed dates into milliseconds since 1970, in place. The day comes first unless some
 * second part is above 12 and no first part is: 3/4/2021 alone is read as 3 April.
 */
export function openOrderedDates(packed: Float64Array): void {
  let firstAbove = 0;
  let secondAbove = 0;
  for (const value of packed) {
    if (Number.isNaN(value)) continue;
    const date = Math.floor(value / DAY_MS);
    if (Math.floor(date / 100) % 100 > 12) firstAbove++;
    if (date % 100 > 12) secondAbove++;
  }
  const isMonthFirst = secondAbove > firstAbove;
  for (let i = 0; i < packed.length; i++) {
    const value = packed[i]!;
    if (Number.isNaN(value)) continue;
    const date = Math.floor(value / DAY_MS);
    const first = Math.floor(date / 100) % 100;
    const second = date % 100;
    const [month, day] = isMonthFirst ? [first, second] : [second, first];
    packed[i] = midnight(Math.floor(date / 10_000), month, day) + (value - date * DAY_MS);
  }
}

/** `match` holds hour, minute, second, fraction, am/pm and zone from index 4. */
function instant(year: number, month: number, day: number, match: RegExpExecArray): number {
  const zone = match[9];
  const digits = zone ? /^([+-])(\d{2}):?(\d{2})$/.exec(zone) : null;
  const ahead = digits ? (Number(digits[2]) * 60 + Number(digits[3])) * 60_000 : 0;
  return midnight(year, month, day) + clock(match, 4) - (digits?.[1] === "-" ? -ahead : ahead);
}

function midnight(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1) return NaN;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.getTime() : NaN;
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
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}
