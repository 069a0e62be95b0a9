import type { ColumnType } from "../../../../engine/kinds/table/columns/column";
import type {
  Repair,
  RepairCode,
  TableWarning,
} from "../../../../engine/kinds/table/columns/profile";
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
  const orders = { day: "day first", month: "month first" };
  const inOrder = (first?: string) => (first === "month" ? orders.month : orders.day);
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
    marks_missing: ({ text, count }) =>
      `${f.counted(count, "cell says", "cells say")} ${text ?? ""}, which counts as missing. If that is a value of yours, say so under “How it was read”.`,
    mark_is_value: ({ column, text, count }) =>
      `“${text ?? ""}” in “${column ?? ""}” is one of its values (${f.integer(count)} times), not a missing one. If it means missing, say so under “How it was read”.`,
    sentinel_values: ({ column, text, count }) =>
      `${text ?? ""} stands ${f.counted(count, "time", "times")} in “${column ?? ""}”, far from all other values. If it means missing, say so under “How it was read”.`,
    not_all_numbers: ({ column, count }, where) =>
      `“${column ?? ""}” is not a column of numbers because ${f.counted(count, "value is", "values are")} none${where}.`,
    twice_as_wide: ({ count }) =>
      `All ${rows(count)} have twice as many cells as there are names. Decimal commas may have been taken for separators: save the file with semicolons or with decimal points.`,
    mixed_currencies: ({ column, text, count }, where) =>
      `“${column ?? ""}” holds amounts in several currencies (${text ?? ""}), which are not converted: ${f.counted(count, "cell differs", "cells differ")} from the most frequent${where}.`,
    mixed_percent: ({ column, count }, where) =>
      `Some numbers in “${column ?? ""}” have a percent sign and some do not: 5% is read as 5, 0.05 as 0.05. ${f.counted(count, "cell is", "cells are")} unlike the others${where}.`,
    unreadable_dates: ({ column, text, count }, where) =>
      `${f.counted(count, "value", "values")} in “${column ?? ""}” could not be read as a date${text === undefined ? "" : `, ${inOrder(text)}`}${where}; treated as missing.`,
    ambiguous_dates: ({ column, text }) =>
      `The dates in “${column ?? ""}” could be read with the day or with the month first; they were read ${inOrder(text)}. If that is wrong, say so under “How it was read”.`,
    controls_mended: ({ count }) =>
      `${f.counted(count, "character", "characters")} of another encoding, which would show as nothing, ${count === 1 ? "was" : "were"} read as what they stand for in Windows (’ “ – …), or as nothing. The file that you download still has them as they were.`,
    replaced_characters: ({ count }) =>
      `${f.counted(count, "character", "characters")} could not be decoded. The file may have been saved in a damaged or mixed encoding.`,
    nested_column: ({ column }) =>
      `The column “${column ?? ""}” holds lists, records or bytes instead of plain values; it was left out.`,
    other_sheets: ({ sheets }) =>
      `The first sheet or table with rows was read. There is also: ${(sheets ?? []).join(", ")}.`,
    merged_cells: ({ count }) =>
      `${f.counted(count, "cell was", "cells were")} merged with another and got its value.`,
  };
  const briefs: Record<TableWarning["code"], (w: TableWarning) => string> = {
    one_column: () => "Only one column",
    ragged_rows: ({ count }) => `${rows(count)} of another length`,
    all_missing: ({ column }) => `${column ?? ""}: empty`,
    infinite_values: ({ column, count }) => `${column ?? ""}: ${f.integer(count)} infinite`,
    unreadable_numbers: ({ column, count }) => `${column ?? ""}: ${f.integer(count)} unreadable`,
    duplicate_names: ({ count }) => `${f.counted(count, "name", "names")} used twice`,
    blank_names: ({ count }) => `${columns(count)} without a name`,
    marks_missing: ({ text }) => `${text ?? ""} means missing`,
    mark_is_value: ({ column, text }) => `${column ?? ""}: ${text ?? ""} is a value`,
    sentinel_values: ({ column, text }) => `${column ?? ""}: ${text ?? ""} may mean missing`,
    not_all_numbers: ({ column }) => `${column ?? ""}: not all are numbers`,
    twice_as_wide: () => "Twice as many cells as names",
    mixed_currencies: ({ column, text }) => `${column ?? ""}: ${text ?? ""}`,
    mixed_percent: ({ column }) => `${column ?? ""}: percent signs on some`,
    unreadable_dates: ({ column, count }) => `${column ?? ""}: ${f.integer(count)} no dates`,
    ambiguous_dates: ({ column }) => `${column ?? ""}: day or month first?`,
    controls_mended: ({ count }) =>
      `${f.counted(count, "invisible character", "invisible characters")} read`,
    replaced_characters: ({ count }) => `${f.counted(count, "character", "characters")} unreadable`,
    nested_column: ({ column }) => `${column ?? ""}: left out`,
    other_sheets: ({ count }) => f.counted(count, "other sheet or table", "other sheets or tables"),
    merged_cells: ({ count }) => `${f.counted(count, "merged cell", "merged cells")} filled`,
  };
  const repairs: Record<RepairCode, (r: Repair, lines: string) => string> = {
    notes_above: ({ text }, at) => `Left out above the table (${at}): ${text}`,
    notes_below: ({ text }, at) => `Left out below the table (${at}): ${text}`,
    names_in_two_rows: () => "The names stand in more than one line and were joined.",
    first_name_missing: () => "There is one name fewer than columns: the first column has none.",
    units_row: ({ text }, at) => `Units below the names are no row (${at}): ${text}`,
    blank_rows: ({ count }, at) =>
      `${f.counted(count, "line", "lines")} without any value left out (${at}).`,
    names_again: (_, at) => `The names come again and are no row (${at}).`,
    second_table: (_, at) => `Another table begins below this one (${at}); only the first is read.`,
    other_names: (_, at) =>
      `These look like names of other tables (${at}), whose rows are in this one too. Leave them out under “How it was read”.`,
    stray_quotes: (_, at) => `Quotation marks that are no pair were read as they stand (${at}).`,
    totals: (_, at) =>
      `These look like sums or means of the other rows (${at}). If so, leave them out under “How it was read”.`,
  };
  const repairBriefs: Record<RepairCode, string> = {
    notes_above: "Notes above left out",
    notes_below: "Notes below left out",
    names_in_two_rows: "Names from two lines",
    first_name_missing: "First column has no name",
    units_row: "Units are no row",
    blank_rows: "Blank lines left out",
    names_again: "Names repeated",
    second_table: "A second table below",
    other_names: "Other tables below?",
    stray_quotes: "Stray quotation marks",
    totals: "Totals at the end?",
  };

  return {
    types,
    profile: {
      title: "Your table",
      size: (r: number, c: number) => `${rows(r)} × ${columns(c)}`,
      dialect: (encoding: string, delimiter: string, decimal: string) =>
        `${encoding}, ${delimiter}, decimal ${decimal}`,
      dialectOfLines: (encoding: string, delimiter: string) => `${encoding}, ${delimiter}`,
      delimiters: {
        ",": "commas",
        ";": "semicolons",
        "\t": "tabs",
        "|": "bars",
        " ": "spaces",
        blanks: "runs of blanks",
        lines: "one text a line",
      },
      decimals: { ".": "point", ",": "comma" },
      how: {
        title: "How it was read",
        unsure: "The encoding is a guess: other ones fit as well. Look at the words in your table.",
        encoding: "Encoding of the text",
        delimiter: "Between cells",
        decimal: "Decimal mark",
        order: "Dates such as 3/4/2021",
        asFound: "as found",
        found: (value: string): string => `${value}, as found`,
        orders,
        line: "Line of the names (0: none)",
        first: "First row to read",
        last: "Last row to read",
        missing: "Also means missing, with commas",
        missingOnly: "NA and the like are values",
        again: "Read again",
      },
      header: "First row holds names",
      sheet: "Sheet",
      severalSheets: "Several together",
      findColumn: "Find a column",
      noColumn: "No column has a name like that.",
      view: "What to show",
      views: { columns: "Columns", rows: "Rows" },
      gridLabel: "Rows and columns of your table",
      warnings: "Worth a look",
      warningTexts: warnings,
      warningBriefs: briefs,
      repairTexts: repairs,
      repairBriefs,
      atLines: (count: number, lines: string): string =>
        count === 1 ? `line ${lines}` : `lines ${lines}`,
      allRemarks: (count: number): string => (count === 1 ? "Details" : `All ${f.integer(count)}`),
      moreRemarks: (count: number) => `And ${f.integer(count)} more.`,
      show: "Show",
      undo: "Leave it as it was",
      redo: "Do it after all",
      leftUndone: (repair: string) => `Not done, as you asked: ${repair.toLowerCase()}.`,
      lacks: (column: string, count: number) =>
        `${f.counted(count, "cell has", "cells have")} no value in “${column}”.`,
      inRows: (list: string) => ` (for example row ${list})`,
      columnsTitle: "Columns",
      moreColumns: (count: number, all: number) =>
        `Show ${f.integer(count)} more of ${columns(all)}`,
      typeOf: (column: string) => `Type of ${column}`,
      detected: (type: string) => `detected as ${type}`,
      missing: (share: string) => `${share} missing`,
      missingIn: (column: string, share: string) => `${column}, ${share} missing`,
      complete: "complete",
      noValue: "no value",
      distinct: (count: number, exact: boolean) =>
        // Long values are not counted.
        !exact && count < 2 ? "long values" : `${exact ? "" : "≥ "}${f.integer(count)} different`,
      range: (least: string, most: string) => `${least} to ${most}`,
      histogram: (column: string) => `Distribution of ${column}`,
      filterBy: (column: string) => `Show rows by ${column}`,
      bar: (span: string, count: number) => `${span}: ${rows(count)}`,
      filters: "Filters",
      filterText: (column: string, picked: readonly string[]) => `${column}: ${picked.join(", ")}`,
      removeFilter: (filter: string) => `Remove the filter ${filter}`,
      allRows: "Show all rows",
      rowsShown: (shown: number, all: number) => `${f.integer(shown)} of ${rows(all)} shown`,
    },
  };
}

export type ColumnsWords = ReturnType<typeof english>;
