import type { AddedColumn } from "../engine/kinds/added-column";
import type { Steps } from "../engine/ground/progress";
import { EngineError } from "../engine/ground/errors";
import type { Matrix } from "../engine/ground/matrix";
import type { Fed } from "../engine/kinds/index";
import type { RowChoice, KindRows } from "../engine/kinds/kind";
import { type Space, tableSpace } from "../engine/kinds/space";
import type { Column, Table } from "../engine/kinds/table/columns/column";
import type { TableProfile } from "../engine/kinds/table/columns/profile";
import type { OpenTable } from "../engine/kinds/table/read/index";
import { writeAs } from "../engine/kinds/table/read/formats";
import type { Sink } from "../engine/kinds/table/read/reader";
import { type OwnColumn, ownColumns, readRows } from "../engine/kinds/table/rows/table-rows";
import { encodeRows } from "../engine/kinds/table/space/encode";
import type { FeatureMatch } from "../engine/kinds/table/space/space";
import type { WrittenFormat } from "../engine/kinds/table/write/media-types";
import type { EmbeddingSpace } from "../engine/specification/embedding/embedding-space";

/** Which columns play the features of which island; the one with answers plays none. */
export interface Mapping {
  readonly island: Space;
  readonly matches: readonly FeatureMatch[];
}

export interface WrittenHow {
  /** Null for the format of the file. */
  readonly format: WrittenFormat | null;
  /** Index of the column in which a row has to be empty to be written; null for all rows. */
  readonly onlyEmpty: number | null;
}

export interface UserTable {
  /** Where texts or pictures lie that are the rows; not there of others. */
  readonly lies?: Pick<EmbeddingSpace, "kind" | "basis">;
  readonly profile: TableProfile;
  /** The file again with columns added. A table that is not held is written as a whole, in its own format. */
  readonly write: (added: readonly AddedColumn[], sink: Sink, how: WrittenHow) => Steps<void>;
  readonly rows: number;
  readonly columns: readonly Pick<Column, "name" | "categories">[];
  /** The user's own columns, as ways that learn from them take them. */
  readonly own: readonly OwnColumn[];
  /** The column with answers, if one was named, and its index. */
  readonly answers: Column | null;
  readonly answersColumn: number | null;
  read(mapping: Mapping, rows: RowChoice, withOwn: boolean): Promise<KindRows<Fed>>;
  /** All rows, or of a table that is not held a sample of them, scaled by the island. */
  scaledRows(mapping: Mapping): Promise<Matrix<Float32Array>>;
}

/**
 * A table that was read, with all its rows.
 *
 * @param answersColumn - Name of the column with answers, if it has one.
 * @throws EngineError `bad_parameter` if there is no such column.
 */
export function holdTable(open: OpenTable, answersColumn: string | undefined): UserTable {
  const { table, profile } = open.read;
  const answers = answersIn(table, answersColumn);
  const own = ownColumns(table, answers.answersColumn);
  return {
    ...{ profile, rows: table.rows, columns: table.columns, own },
    write: writerOf(open),
    ...answers,
    read: async ({ island, matches }, rows, withOwn) =>
      readRows(table, tableSpace(island), matches, withOwn ? own : null, rows),
    scaledRows: async ({ island, matches }) =>
      encodeRows(table, tableSpace(island), matches, { scaled: true }),
  };
}

/** @throws EngineError `bad_parameter` if there is no such column. */
export function answersIn(
  table: Table,
  name: string | undefined,
): Pick<UserTable, "answers" | "answersColumn"> {
  if (name === undefined) return { answers: null, answersColumn: null };
  const index = indexOf(table, name);
  return { answers: table.columns[index]!, answersColumn: index };
}

/** Writes a table in its own format or another, all rows or some. */
export function writerOf(open: OpenTable): UserTable["write"] {
  return (added, sink, { format, onlyEmpty }) =>
    format === null
      ? open.write(added, sink, onlyEmpty)
      : writeAs(open, format, added, sink, onlyEmpty);
}

function indexOf({ columns }: Table, name: string): number {
  const index = columns.findIndex((column) => column.name === name);
  if (index >= 0) return index;
  throw new EngineError("bad_parameter", `the table has no column "${name}"`, { column: name });
}
