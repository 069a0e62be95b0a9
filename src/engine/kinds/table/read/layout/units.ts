import { trimCell } from "../../columns/missing";
import { kindOf, type ToldKind } from "./kinds";

const UNITS = listOf(
  "%|‰|ppm|ppb|°|deg|degree|degrees|rad|[-]|unitless",
  "c|°c|deg c|degc|celsius|f|°f|deg f|k|kelvin",
  "m|mm|cm|km|um|µm|nm|in|inch|ft|mi|yd|m2|m^2|m3|m^3|km2|ha|l|ml",
  "kg|g|mg|ug|µg|t|lb|oz|n|kn|pa|hpa|kpa|mpa|bar|mbar|psi|atm",
  "s|sec|ms|us|min|h|hr|hour|hours|d|day|days|yr|year|years|hz|khz|mhz",
  "m/s|km/h|mph|kt|knots|m s-1|m/s2|l/s|m3/s|mm/h|mm/hr",
  "v|mv|volt|volts|a|ma|amp|amps|w|kw|mw|wh|kwh|mwh|j|kj|mj|w/m2|w/m^2|ohm|db",
  "mg/l|ug/l|µg/l|g/l|g/kg|mg/kg|mol|mmol|mmol/l|mg/dl|ntu|ms/cm|us/cm|ph|std",
  "usd|eur|gbp|$|€|£|¥|元|米|公里|千克|摄氏度|小时",
);
/** How a logger made a value of several, and which type a database gives a column. */
const MAKINGS = listOf(
  "avg|smp|tot|max|min|std|sum|mean|med|ts|rn|count",
  "int|integer|float|double|string|str|text|date|datetime|numeric|real|bool|boolean|category|object",
);
/** As the databases of water and weather services give the widths of columns: 5s, 20d, 14n. */
const WIDTH = /^\d+[sdn]$/;
const IN_BRACKETS = /^[([](.*)[)\]]$/;
/** Says that there is none: no evidence of anything. */
const NONE = /^(?:-|none|n\/a)?$/;
const LONGEST = 12;

/**
 * Whether a record holds units, types or widths rather than names or values: all its cells are known ones, or most are and they
 * stand over numbers. A letter over words is a value, as M and F over sexes;
 * so is what the rows below have there.
 *
 * @param kinds - Of the columns, as the rows below tell them.
 */
export function areUnits(record: readonly string[], kinds: readonly ToldKind[]): boolean {
  const cells = record.map((cell, j) => ({ text: trimCell(cell).toLowerCase(), kind: kinds[j] }));
  const told = cells.filter(({ text }) => !NONE.test(text));
  if (told.length === 0 || told.some(({ text }) => text.length > LONGEST)) return false;
  if (told.length > 1 && told.every(({ text }) => WIDTH.test(text))) return true;
  const known = told.filter(({ text }) => isKnown(text));
  if (told.some(({ text, kind }) => kind != null && kindOf(text) === kind)) return false;
  const overNumbers = known.filter(({ kind }) => kind != null);
  const overWords = told.filter(({ kind }) => kind == null);
  const isMaking = told.every(({ text }) => MAKINGS.has(text));
  return (
    overNumbers.length > 0 &&
    known.length > 0.5 * told.length &&
    (isMaking || overWords.length <= 1 || overNumbers.length > overWords.length)
  );
}

function isKnown(text: string): boolean {
  const bare = (IN_BRACKETS.exec(text)?.[1] ?? text).trim();
  return UNITS.has(bare) || MAKINGS.has(bare) || WIDTH.test(bare);
}

function listOf(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split("|")));
}
