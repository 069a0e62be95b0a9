/** @file A table as a model takes it. */

import { EngineError } from "../../engine/ground/errors";
import type { ReadTable } from "../../engine/kinds/table/columns/typed-table";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import type { ForeignModel } from "../../engine/pack/foreign-model";
import { sortedValues } from "../../engine/pack/table-feeds";
import { type ColumnPlan, type ColumnWish, planColumns } from "./plan-columns";

interface AsTaken {
  readonly read: ReadTable;
  readonly plan: ColumnPlan;
}

/**
 * What the model takes as texts is read as such.
 *
 * @param read - Reads the table, columns of these types where they are named.
 * @throws EngineError `bad_parameter` if there is nothing to predict; as `planColumns` does.
 */
export async function readAsTaken(
  read: (types: ReadOptions["types"]) => Promise<ReadTable>,
  model: ForeignModel,
  wish: ColumnWish,
): Promise<AsTaken> {
  const first = await read({});
  if (!first.table.columns.some(({ name }) => name === wish.target)) {
    throw new EngineError("bad_parameter", `there is no column "${wish.target}" to predict`, {
      column: wish.target,
    });
  }
  const plan = planColumns(model, first.table, wish);
  if (plan.asTexts.length === 0) return { read: first, plan };
  const again = await read(
    Object.fromEntries(plan.asTexts.map((name) => [name, "category" as const])),
  );
  return { read: again, plan: planColumns(model, again.table, wish) };
}

/** Types of the columns that count, for another table to be read alike. Whole numbers may be followed by others. */
export function typesLike({ table }: ReadTable, counting: readonly string[]) {
  const columns = table.columns.filter(({ name }) => counting.includes(name));
  return Object.fromEntries(
    columns.map(({ name, type }) => [name, type === "integer" ? ("number" as const) : type]),
  );
}

/** Every value that the model may know gets a place of its own. */
export function valuesOf(
  { table }: ReadTable,
  { columns }: ColumnPlan,
): Map<string, readonly string[]> {
  const categories = table.columns.filter(
    ({ name, type }) => type === "category" && columns.includes(name),
  );
  return new Map(categories.map((column) => [column.name, sortedValues(column)]));
}
