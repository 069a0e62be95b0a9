/** @file What the page warns of, in words for standard error. */

import type { LeftOut } from "../../contracts/workers/reuse-plan";
import type {
  RepairCode,
  TableProfile,
  TableWarning,
} from "../../engine/kinds/table/columns/profile";
import type { Predictions } from "../../engine/reuse/predict/predictions";
import { countOf, type Things, THINGS } from "../things";

const texts: Record<TableWarning["code"], (warning: TableWarning) => string> = {
  one_column: () => "only one column was found; the file may use an unusual separator",
  ragged_rows: ({ count }) =>
    `${rows(count)} had more or fewer cells than the header; missing ones were left empty, surplus ones ignored`,
  all_missing: ({ column }) => `the column "${column ?? ""}" is empty`,
  infinite_values: ({ column, count }) =>
    `infinite values in "${column ?? ""}" are treated as missing: ${count}`,
  unreadable_numbers: ({ column, count }) =>
    `values in "${column ?? ""}" that are no numbers are treated as missing: ${count}`,
  duplicate_names: ({ count }) => `column names that occur more than once got a number: ${count}`,
  blank_names: ({ count }) => `columns without a name got a numbered one: ${count}`,
  marks_missing: ({ text, count }) =>
    `cells that say ${text ?? ""} are treated as missing: ${count} (--missing=only:… says what is)`,
  mark_is_value: ({ column, text, count }) =>
    `"${text ?? ""}" in "${column ?? ""}" is a value (${count} times), not a missing one; --missing=${text ?? ""} if it means missing`,
  sentinel_values: ({ column, text, count }) =>
    `${text ?? ""} in "${column ?? ""}" (${count} times) is far from all other values; --missing=${text ?? ""} if it means missing`,
  not_all_numbers: ({ column, count }) =>
    `"${column ?? ""}" is not a column of numbers: values that are none: ${count}`,
  twice_as_wide: ({ count }) =>
    `${rows(count)} have twice as many cells as there are names; decimal commas may have been taken for separators`,
  mixed_currencies: ({ column, text, count }) =>
    `"${column ?? ""}" holds amounts in several currencies (${text ?? ""}), which are not converted; cells unlike the most frequent: ${count}`,
  mixed_percent: ({ column, count }) =>
    `some numbers in "${column ?? ""}" have a percent sign (5% is read as 5) and some do not: ${count}`,
  unreadable_dates: ({ column, text, count }) =>
    `values in "${column ?? ""}" that are no dates${text === undefined ? "" : ` with the ${text} first`} are treated as missing: ${count}`,
  ambiguous_dates: ({ column, text }) =>
    `dates in "${column ?? ""}" could have the day or the month first; the ${text ?? ""} was taken (--date-order says which)`,
  controls_mended: ({ count }) =>
    `invisible characters of another encoding were read as the marks and letters of Windows that they stand for, or as nothing; what is written still has them: ${count}`,
  replaced_characters: ({ count }) => `characters that could not be decoded: ${count}`,
  nested_column: ({ column }) =>
    `the column "${column ?? ""}" holds lists, records or bytes and is left out`,
  other_sheets: ({ sheets }) =>
    `the first sheet or table with rows was read; there is also: ${(sheets ?? []).join(", ")}`,
  merged_cells: ({ count }) => `merged cells got the value of the first of them: ${count}`,
};

const repairTexts: Record<RepairCode, string> = {
  notes_above: "notes above the table were left out",
  notes_below: "notes below the table were left out",
  names_in_two_rows: "the names stand in more than one line and were joined",
  first_name_missing: "there is one name fewer than columns: the first has none",
  units_row: "units below the names are no row",
  blank_rows: "lines without any value were left out",
  names_again: "the names come again and are no row",
  second_table: "another table begins below this one; only the first is read",
  other_names: "names of other tables, whose rows are in this one too; --rows leaves them out",
  stray_quotes: "quotation marks that are no pair were read as they stand",
  totals:
    "rows that look like sums or means of the others are in the table; --rows leaves them out",
};

/** What was done to read a table, and what is odd about it. */
export function warningsOf({
  warnings,
  repairs,
}: Pick<TableProfile, "warnings" | "repairs">): string[] {
  const done = repairs.map(({ code, lines, count }) => {
    const more = count > lines.length ? ", …" : "";
    return `${repairTexts[code]} (line ${lines.join(", ")}${more})`;
  });
  const odd = warnings.map((warning) => {
    const where = warning.rows?.length ? ` (for example row ${warning.rows.join(", ")})` : "";
    return texts[warning.code](warning) + where;
  });
  return [...done, ...odd];
}

/** What is to be known of predictions before they are relied on. */
export function cautionsOf({ values, far }: Predictions, things: Things): string[] {
  const count = values.length;
  const blank = values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const distant = far?.reduce((sum, one) => sum + one, 0) ?? 0;
  return [
    ...(blank > 0
      ? [`no usable number for ${blank} of ${countOf(count, things)}: their cells are empty`]
      : []),
    ...(distant > 0
      ? [
          `${distant} of ${countOf(count, things)} are far from the outline of what the learnwares learnt from; they are marked in "far_from_training"`,
        ]
      : []),
  ];
}

/** Why a learnware was left out; what a model's runtime says is for nobody. */
export function whyLeftOut(
  { code, message, details }: Omit<LeftOut, "id">,
  { many }: Things,
): string {
  if (code !== "bad_model") return message;
  return details["reason"] === "too_slow"
    ? "its model did not come to an end and was stopped"
    : `its model cannot be run on these ${many}`;
}

function rows(count: number): string {
  return countOf(count, THINGS.table);
}
