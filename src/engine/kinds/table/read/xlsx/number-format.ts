/** What a number stands for, by the way in which it is shown: a span may be longer than a day. */
export type NumberFormat = "number" | "date" | "time" | "span";

/**
 * @param id - Of a format; those below 164 are fixed.
 * @param code - Where the workbook gives one.
 */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) {
    if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36) return "date";
    if (id >= 50 && id <= 58) return "date";
    if (id === 46) return "span";
    return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)
      ? "time"
      : "number";
  }
  const marks = code
    .split(";")[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, "");
  if (/general/i.test(marks)) return "number";
  if (/[yd]|m{3}/i.test(marks)) return "date";
  if (/\[[hms]+\]/i.test(marks)) return "span";
  return /[hs]/i.test(marks)
    ? "time"
    : /m/i.test(marks) && !/[0#?]/.test(marks)
      ? "date"
      : "number";
}

const MS_PER_DAY = 86_400_000;
/** Days from the first day of a workbook to 1970. */
const DAYS_1900 = 25_569;
const DAYS_1904 = 24_107;

/** The date of a number of days, to the millisecond. */
export function dateOfSerial(serial: number, is1904: boolean): Date {
  // Workbooks count a day that 1900 did not have.
  const days = !is1904 && serial < 60 ? serial + 1 : serial;
  return new Date(Math.round((days - (is1904 ? DAYS_1904 : DAYS_1900)) * MS_PER_DAY));
}
