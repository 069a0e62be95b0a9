import type { ColumnType } from "../../../../engine/kinds/table/columns/column";
import type { TableWarning } from "../../../../engine/kinds/table/columns/profile";
import type { Format } from "../../../words/format";

/** What is said about the columns of a table, in English. */
export function english(f: Format) {
  const rows = (count: number) => f.counted(count, "row", "rows");
  const columns = (count: number) => f.counted(count, "column", "columns");
  const types: Record<ColumnType, string> = {
    number: "number",
    integer: "whole number",
    boolean: "yes / no",
    category: "category",
    date: "date",
    text: "text",
    identifier: "identifier",
    constant: "constant",
  };
  const warnings: Record<TableWarning["code"], (w: TableWarning, where: string) => string> = {
    one_column: () =>
      "Only one column was found. If that is wrong, the file may use an unusual separator.",
    ragged_rows: ({ count }, where) =>
      `${rows(count)} had more or fewer cells than the header${where}. Missing cells were left empty; surplus ones were ignored.`,
    all_missing: ({ column }) => `The column “${column ?? ""}” is empty.`,
    infinite_values: ({ column, count }) =>
      `${f.counted(count, "value is", "values are")} infinite in “${column ?? ""}”; treated as missing.`,
    unreadable_numbers: ({ column, count }, where) =>
      `${f.counted(count, "value", "values")} in “${column ?? ""}” could not be read as a number${where}; treated as missing.`,
    duplicate_names: ({ count }) =>
      `${f.counted(count, "column name occurs", "column names occur")} more than once; a number was added to tell them apart.`,
    blank_names: ({ count }) => `${columns(count)} had no name and got a numbered one.`,
    replaced_characters: ({ count }) =>
      `${f.counted(count, "character", "characters")} could not be decoded. The file may have been saved in a damaged or mixed encoding.`,
  };

  return {
    types,
    profile: {
      title: "Your table",
      size: (r: number, c: number) => `${rows(r)} × ${columns(c)}`,
      dialect: (encoding: string, delimiter: string, decimal: string) =>
        `${encoding}, separated by ${delimiter}, decimal ${decimal}`,
      delimiters: { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces" },
      decimals: { ".": "point", ",": "comma" },
      header: "The first row holds the column names",
      warnings: "Worth a look",
      warningTexts: warnings,
      inRows: (list: string) => ` (for example row ${list})`,
      columnsTitle: "Columns",
      typeOf: (column: string) => `Type of ${column}`,
      detected: (type: string) => `detected as ${type}`,
      missing: (share: string) => `${share} missing`,
      complete: "complete",
      distinct: (count: number, exact: boolean) =>
        `${exact ? "" : "≥ "}${f.integer(count)} different`,
      range: (least: string, most: string) => `${least} to ${most}`,
      mean: (mean: string) => `mean ${mean}`,
      histogram: (column: string) => `Distribution of ${column}`,
      topValues: (column: string) => `Most frequent values of ${column}`,
      preview: (count: number) => `First ${rows(count)} as written in the file`,
      previewLabel: "First rows of your table",
    },
  };
}

export type ColumnsWords = ReturnType<typeof english>;
