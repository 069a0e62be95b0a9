import type { FeatureMatch, Space } from "../../kinds/table/space/space";
import type { OwnColumn } from "../../kinds/table/rows/table-rows";
import type { Column } from "../../kinds/table/columns/column";
import type { TableDialect } from "../../kinds/table/columns/profile";
import type { ExportedEnsemble } from "../graph/export-ensemble";
import { categoryKey } from "../../ground/category-key";

/** How a script makes one column of the model's input from a table: by the text of one of its cells. */
export type ScriptInput =
  /** A number: what the feature is given where the table has no column for it. */
  | { readonly fill: number }
  /** The number in the cell. */
  | { readonly column: string }
  /** 1 where the cell is this value, whatever its case and spaces, 0 where it is another. */
  | { readonly column: string; readonly is: string };

/** What scripts have to know of the user's table. */
export interface ScriptTable {
  readonly names: readonly string[];
  /**
   * The user's own columns, in the order in which a model takes them: an index of `names`, and the value that is 1, or
   * null where the column holds numbers.
   */
  readonly own: readonly { readonly column: number; readonly is: string | null }[];
  readonly dialect: TableDialect;
}

/** @param own - From `ownColumns`. */
export function scriptTable(
  columns: readonly Pick<Column, "name" | "categories">[],
  own: readonly OwnColumn[],
  dialect: TableDialect,
): ScriptTable {
  return {
    names: columns.map(({ name }) => name),
    own: own.map(({ column, category }) => ({
      column,
      is: category === null ? null : columns[column]!.categories[category]!,
    })),
    dialect,
  };
}

/** The columns of the model's input, in order. */
export function scriptInputs(
  { features, ownColumns }: Pick<ExportedEnsemble, "features" | "ownColumns">,
  island: Space,
  matches: readonly FeatureMatch[],
  { names, own }: ScriptTable,
): ScriptInput[] {
  const encoded = features.flatMap((name): ScriptInput[] => {
    const feature = island.features.find((one) => one.name === name)!;
    const index = matches.find((match) => match.feature === name)?.column ?? null;
    if (index === null) return feature.center.map((fill) => ({ fill }));
    const column = names[index]!;
    if (feature.type !== "category") return [{ column }];
    return feature.categories.map((value) => ({ column, is: categoryKey(value) }));
  });
  const others = own
    .slice(0, ownColumns)
    .map(({ column, is }): ScriptInput =>
      is === null ? { column: names[column]! } : { column: names[column]!, is: categoryKey(is) },
    );
  return [...encoded, ...others];
}
