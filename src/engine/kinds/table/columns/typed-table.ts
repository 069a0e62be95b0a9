import { EngineError } from "../../../ground/errors";
import type { Progress } from "../../../ground/progress";
import type { Column, ColumnType, Table } from "./column";
import { columnOf, columnWarnings, describeColumn } from "./describe";
import { detectType, possibleTypes } from "./detect-type";
import type { ColumnProfile, TableProfile, TableWarning, TableDialect } from "./profile";
import type { StoredColumn, TypedColumn } from "./stored-column";

/** A table that was read, and what it takes to retype its columns and to write it again. */
export interface ReadTable<File = unknown> {
  readonly table: Table;
  readonly profile: TableProfile;
  /** What its reader needs to go through the same file again. */
  readonly file: File;
  readonly typed: readonly TypedColumn[];
}

/** Detect the type of every column, and describe the table. Yields `progress` after each column. */
export function* typedTable<File extends { readonly rows: number }>(
  file: File,
  dialect: TableDialect,
  stored: readonly { readonly stored: StoredColumn; readonly isNamed: boolean }[],
  { warnings, repairs }: Pick<TableProfile, "warnings" | "repairs">,
  preview: readonly (readonly string[])[],
  progress: Progress,
): Generator<Progress, ReadTable<File>> {
  const typed: TypedColumn[] = [];
  const columns: Column[] = [];
  const profiles: ColumnProfile[] = [];
  for (const { stored: column, isNamed } of stored) {
    const detected = detectType(column, isNamed);
    const one = { stored: column, detected, type: detected };
    typed.push(one);
    columns.push(columnOf(one));
    profiles.push(describeColumn(one));
    yield progress;
  }
  return {
    table: { rows: file.rows, columns },
    profile: {
      rows: file.rows,
      columns: profiles,
      dialect,
      warnings: [...warnings, ...typed.flatMap(columnWarnings)],
      repairs,
      preview: preview.map((row) => row.slice(0, columns.length)),
    },
    file,
    typed,
  };
}

/**
 * The same table with one column seen as another type. Cost is O(rows); nothing is read again.
 *
 * @param index - Of the column; an integer from 0.
 * @throws EngineError `bad_parameter` if there is no such column.
 * @throws EngineError `type_not_possible` if the values do not allow the type.
 */
export function retype<File>(
  read: ReadTable<File>,
  index: number,
  type: ColumnType,
): ReadTable<File> {
  const before = read.typed[index];
  if (!before) {
    throw new EngineError(
      "bad_parameter",
      `column must be below ${read.typed.length}, got ${index}`,
    );
  }
  const { stored, detected } = before;
  const { name } = stored;
  if (!possibleTypes(stored, detected).includes(type)) {
    throw new EngineError(
      "type_not_possible",
      `column "${name}" cannot be read as ${type}: its values do not allow it. Choose another type.`,
      { column: name, type },
    );
  }
  const after: TypedColumn = { stored, detected, type };
  const isOfColumn = ({ code, column }: TableWarning) =>
    column === name && code !== "ragged_rows" && code !== "blank_names";
  const warnings = read.profile.warnings.filter((warning) => !isOfColumn(warning));
  const columns: readonly ColumnProfile[] = read.profile.columns.with(index, describeColumn(after));
  return {
    ...read,
    table: { ...read.table, columns: read.table.columns.with(index, columnOf(after)) },
    profile: { ...read.profile, columns, warnings: [...warnings, ...columnWarnings(after)] },
    typed: read.typed.with(index, after),
  };
}
