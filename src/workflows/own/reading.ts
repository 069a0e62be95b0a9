import type { OwnTrained } from "../../contracts/workers/own-plan";
import type {
  ColumnProfile,
  ReadColumn,
  TableDialect,
} from "../../engine/kinds/table/columns/profile";
import { columnNamed } from "../../engine/kinds/table/own/own-inputs";
import type { OwnModel } from "../../engine/kinds/table/own/own-model";
import { readingOf } from "../../engine/kinds/table/read/as-before";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import { takenBy } from "./taken-by";

/** What of a table's reading goes with a model: nothing of columns that it does not take. */
export function readBy(
  model: OwnModel,
  { dialect, columns }: { readonly dialect: TableDialect; readonly columns: readonly ReadColumn[] },
): Pick<OwnTrained, "dialect" | "read"> {
  const taken = new Set([...takenBy(model).columns, model.target]);
  const read = columns
    .filter(({ name }) => taken.has(name))
    .map(({ name, type, unit, spelling }) => ({ name, type, unit, spelling }));
  return { dialect, read };
}

/** How another table is to be read that the model predicts: as the one was that it learned from. */
export function readingOfTrained({
  dialect,
  read,
}: Pick<OwnTrained, "dialect" | "read">): ReadOptions {
  return readingOf({ dialect, columns: read });
}

/** A column whose unit in a table is not that of the rows learned from; null where there is none. */
export interface OtherUnit {
  readonly name: string;
  readonly here: string | null;
  readonly learned: string | null;
}

/** Columns of a table whose numbers mean something else than those that a model learned from, as nothing is converted. */
export function otherUnits(
  read: readonly Pick<ReadColumn, "name" | "unit">[],
  columns: readonly Pick<ColumnProfile, "name" | "unit">[],
): readonly OtherUnit[] {
  return read.flatMap(({ name, unit }) => {
    const found = columnNamed(columns, name);
    return !found || found.unit === unit ? [] : [{ name, here: found.unit, learned: unit }];
  });
}
