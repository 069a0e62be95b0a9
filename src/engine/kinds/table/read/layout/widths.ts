import { trimCell } from "../../columns/missing";

/** Cells up to the last one that is not blank; at least 1. */
export function filledWidth(record: readonly string[]): number {
  let width = record.length;
  while (width > 1 && trimCell(record[width - 1]!) === "") width--;
  return Math.max(1, width);
}

/** The most frequent number of cells up to the last one that is not blank; of lines with one cell only if there are no others. */
export function usualWidth(records: readonly (readonly string[])[]): number {
  const widths = records.map(filledWidth);
  const several = widths.filter((width) => width > 1);
  return commonest(several.length >= Math.max(2, 0.3 * widths.length) ? several : widths);
}

/** The most frequent of some numbers; 1 of none. */
export function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  let best = 1;
  for (const [number, count] of counts) if (count > (counts.get(best) ?? 0)) best = number;
  return best;
}
