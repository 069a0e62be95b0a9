import type { ColumnProfile } from "../../../../engine/kinds/table/columns/profile";
import type { ColumnFilter } from "../../../../engine/kinds/table/window/filter-rows";
import type { Format } from "../../../words/format";
import type { ColumnsWords } from "./english";
import type { ShownRows } from "./shown-rows.svelte";

export interface ColumnBar {
  readonly label: () => string;
  readonly count: number;
  readonly isPicked: boolean;
  readonly toggle: () => void;
}

/** Most bars of values: as many as a profile tells. */
const VALUES = 10;

/** A number or date of a column, as its bars and its range say it. */
export function writeValue({ type }: ColumnProfile, value: number, format: Format): string {
  return type === "date" ? format.date(value) : format.number(value);
}

/** From where to where some neighbouring bars of a histogram reach. */
function spanText(
  column: ColumnProfile,
  first: number,
  last: number,
  format: Format,
  words: ColumnsWords["profile"],
): string {
  const [least, most] = column.range ?? [0, 0];
  const bins = column.histogram?.length ?? 1;
  const edge = (i: number) => least * (1 - i / bins) + most * (i / bins);
  const low = writeValue(column, edge(first), format);
  const high = writeValue(column, edge(last + 1), format);
  return low === high ? low : words.range(low, high);
}

/** How a column's values are spread: its histogram, or its most frequent values; none where all values differ. */
export function columnBars(
  column: ColumnProfile,
  index: number,
  rows: ShownRows,
  format: Format,
  words: ColumnsWords["profile"],
): ColumnBar[] {
  const filter: ColumnFilter = rows.filterOf(index);
  if (column.histogram) {
    return column.histogram.map((count, bin) => ({
      label: () => words.bar(spanText(column, bin, bin, format, words), count),
      count,
      isPicked: filter.bins.includes(bin),
      toggle: () => rows.toggleBin(index, bin),
    }));
  }
  const repeats = (column.top?.[0]?.count ?? 0) > 1 ? column.top : null;
  return (repeats ?? []).slice(0, VALUES).map(({ value, count }) => ({
    label: () => words.bar(value, count),
    count,
    isPicked: filter.values.includes(value),
    toggle: () => rows.toggleValue(index, value),
  }));
}

/** Whether rows can be told apart by this column having no value. */
export function canFilterMissing({ missing, range, top }: ColumnProfile): boolean {
  return missing > 0 && (range !== null || top !== null);
}

/** Which rows a filter leaves, in a few words. */
export function filterText(
  column: ColumnProfile,
  { bins, values, missing }: ColumnFilter,
  format: Format,
  words: ColumnsWords["profile"],
): string {
  const picked = [
    ...runsOf(bins).map(([first, last]) => spanText(column, first, last, format, words)),
    ...values,
    ...(missing ? [words.noValue] : []),
  ];
  return words.filterText(column.name, picked);
}

/** Neighbouring bars, each run as its first and last. */
function runsOf(bins: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const bin of bins) {
    const run = runs.at(-1);
    if (run?.[1] === bin - 1) run[1] = bin;
    else runs.push([bin, bin]);
  }
  return runs;
}
