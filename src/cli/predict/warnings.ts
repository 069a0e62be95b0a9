/** @file What the page warns of, in words for standard error. */

import type { LeftOut } from "../../contracts/workers/reuse-plan";
import type { TableProfile, TableWarning } from "../../engine/kinds/table/columns/profile";
import type { Predictions } from "../../engine/reuse/predict/predictions";

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
  replaced_characters: ({ count }) => `characters that could not be decoded: ${count}`,
};

/** What is odd about a table. */
export function warningsOf({ warnings }: Pick<TableProfile, "warnings">): string[] {
  return warnings.map((warning) => {
    const where = warning.rows?.length ? ` (for example row ${warning.rows.join(", ")})` : "";
    return texts[warning.code](warning) + where;
  });
}

/** What is to be known of predictions before they are relied on. */
export function cautionsOf({ values, far }: Predictions): string[] {
  const count = values.length;
  const blank = values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const distant = far?.reduce((sum, one) => sum + one, 0) ?? 0;
  return [
    ...(blank > 0
      ? [`no usable number for ${blank} of ${rows(count)}: their cells are empty`]
      : []),
    ...(distant > 0
      ? [
          `${distant} of ${rows(count)} are far from anything the learnwares learnt from; they are marked in "far_from_training"`,
        ]
      : []),
  ];
}

/** Why a learnware was left out; what a model's runtime says is for nobody. */
export function whyLeftOut({ code, message, details }: Omit<LeftOut, "id">): string {
  if (code !== "bad_model") return message;
  return details["reason"] === "too_slow"
    ? "its model did not come to an end and was stopped"
    : "its model cannot be run on these rows";
}

function rows(count: number): string {
  return `${count} ${count === 1 ? "row" : "rows"}`;
}
