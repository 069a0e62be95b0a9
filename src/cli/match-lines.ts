/** @file What values of columns were taken for, and which were left out because of them, in words for standard error. */

import type { ColumnProfile } from "../engine/kinds/table/columns/profile";
import type { FeatureMatch, Space } from "../engine/kinds/table/space/space";

/** Values that a sentence names. */
const MOST_VALUES = 5;

/** A line for every column whose values were joined to others. */
export function joinedLines(
  matches: readonly FeatureMatch[],
  columns: readonly Pick<ColumnProfile, "name">[],
): string[] {
  return matches.flatMap(({ feature, column, values = [] }) => {
    // 1.0 is said with 1.
    const pairs = values.flatMap(([own, meant]) =>
      /^[01]\.0$/.test(own) ? [] : `${own} is ${meant}`,
    );
    if (column === null || pairs.length === 0) return [];
    return [`values joined: in "${columns[column]!.name}", as ${feature}, ${pairs.join(", ")}`];
  });
}

/** A line for every column that was left out because no value of it is known. */
export function leftOutLines(
  { features }: Pick<Space, "features">,
  leftOut: readonly { readonly feature: string; readonly column: number }[],
  columns: readonly Pick<ColumnProfile, "name" | "top">[],
): string[] {
  return leftOut.map(({ feature, column }) => {
    const { name, top } = columns[column]!;
    const known = features.find((one) => one.name === feature)?.categories ?? [];
    const own = listOf((top ?? []).map(({ value }) => value));
    return `left out: "${name}" as ${feature}, of whose values${own} none is known${listOf(known)}`;
  });
}

/** The first of some values, in brackets. */
function listOf(values: readonly string[]): string {
  if (values.length === 0) return "";
  const more = values.length > MOST_VALUES ? ", …" : "";
  return ` (${values.slice(0, MOST_VALUES).join(", ")}${more})`;
}
