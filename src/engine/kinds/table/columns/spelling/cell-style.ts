import { isNamedAmount } from "./currency";
import { meansMissing, type MissingStyle } from "../missing";
import { areNoNumbers } from "./no-numbers";
import { decimalEvidence, type NumberStyle, parseNumber } from "./numerals";

/** How the cells of a column are read. */
export interface CellStyle extends NumberStyle, MissingStyle {
  /** Cells that look like numbers are none: lists of them, say. */
  readonly isWords?: boolean;
  /** Month first in dates such as 3/4/2021; found out if left out. */
  readonly isMonthFirst?: boolean;
  /** The same where the dates themselves do not tell. */
  readonly isLikelyMonthFirst?: boolean;
}

/** What is known of it once the cells were read: enough to read and write further ones like them. */
export interface KnownStyle extends CellStyle {
  /** What stands before and behind most of its numbers; nothing, as a rule. */
  readonly around: readonly [before: string, after: string];
}

const UNIT =
  /^[<>≤≥~]?\s?[+-]?[\d.,'’\s]*\d\s?(\p{L}[\p{L}\d/²³^·*-]{0,9}|°\s?[CFK]?|µ\p{L}{1,5})$/u;
const ORDINAL = /^(?:st|nd|rd|th)$/;
/** Seats, rooms and grades; but volts and watts. */
const LETTERED = /^\d+[A-UX-Z]$/;

/**
 * The style of a column by some of its cells.
 *
 * @param cells - Without outer spaces.
 * @param told - What counts as missing.
 */
export function sniffStyle(
  cells: readonly string[],
  told: MissingStyle,
): {
  readonly style: Omit<CellStyle, "decimal">;
  /** Null if it is not to be told from this column. */
  readonly decimal: "." | "," | null;
} {
  const values = cells.filter((cell) => !meansMissing(cell, told));
  const count = (is: (cell: string) => boolean) => values.filter(is).length;
  const most = 0.5 * values.length;
  if (values.length === 0) return { style: told, decimal: null };
  if (areNoNumbers(values)) return { style: { ...told, isWords: true }, decimal: null };
  const isNumber = (cell: string) =>
    ([".", ","] as const).some((decimal) => !Number.isNaN(parseNumber(cell, { decimal })));
  const named = count(isNamedAmount);
  const areAmounts = () => values.every((cell) => isNamedAmount(cell) || isNumber(cell));
  if (named > most || (named > 0.1 * values.length && areAmounts())) {
    const bare = values.map((cell) => cell.replace(/[^\d.,'’ +-]/g, "").trim());
    return { style: { ...told, hasCurrency: true }, decimal: decimalEvidence(bare) };
  }
  if (count(isNumber) <= most) {
    const unit = unitOf(values);
    // What a few numbers among words are written with says nothing of a file.
    if (unit === null) return { style: told, decimal: null };
    const bare = values.map((cell) => withoutUnit(cell, unit));
    return { style: { ...told, unit }, decimal: decimalEvidence(bare) };
  }
  return { style: told, decimal: decimalEvidence(values) };
}

/** What stands after nearly all of the numbers; null if it is not the same. */
function unitOf(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const cell of values) {
    const unit = UNIT.exec(cell)?.[1];
    if (unit !== undefined && !ORDINAL.test(unit) && !LETTERED.test(cell))
      counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best && best[1] >= 0.8 * values.length ? best[0] : null;
}

function withoutUnit(cell: string, unit: string): string {
  return cell.endsWith(unit) ? cell.slice(0, -unit.length).trimEnd() : cell;
}
