import type { FeatureMatch, Space } from "../../kinds/table/space/space";
import type { OwnColumn } from "../../kinds/table/rows/table-rows";
import type { Column } from "../../kinds/table/columns/column";
import type { ReadColumn, TableDialect, TableProfile } from "../../kinds/table/columns/profile";
import type { ExportedEnsemble } from "../graph/export-ensemble";
import { meantKey } from "../../kinds/table/space/meant-key";
import type { DatePart } from "../../kinds/table/own/own-inputs";
import { categoryKey } from "../../ground/category-key";

/** How a script makes one column of the model's input from a table: by the text of one of its cells. */
export type ScriptInput =
  /** A number: what the feature is given where the table has no column for it. */
  | { readonly fill: number }
  /** The number in the cell. */
  | { readonly column: string }
  /** A part of the date in the cell. */
  | { readonly column: string; readonly part: DatePart }
  /** 1 where the cell is this value, whatever its case and spaces, 0 where it is another. */
  | { readonly column: string; readonly is: string }
  /** The same for several values that mean one. */
  | { readonly column: string; readonly among: readonly string[] }
  /** The number that a value means, null for none; others are read as numbers. */
  | { readonly column: string; readonly numbers: Readonly<Record<string, number | null>> };

/** What scripts have to know of the user's table. */
export interface ScriptTable {
  readonly names: readonly string[];
  /**
   * The user's own columns, in the order in which a model takes them: an index of `names`, and the value that is 1, or
   * null where the column holds numbers.
   */
  readonly own: readonly { readonly column: number; readonly is: string | null }[];
  readonly dialect: TableDialect;
  readonly columns: readonly ReadColumn[];
}

/** @param own - From `ownColumns`. */
export function scriptTable(
  columns: readonly Pick<Column, "name" | "categories">[],
  own: readonly OwnColumn[],
  { dialect, columns: profiled }: Pick<TableProfile, "dialect" | "columns">,
): ScriptTable {
  return {
    names: columns.map(({ name }) => name),
    own: own.map(({ column, category }) => ({
      column,
      is: category === null ? null : columns[column]!.categories[category]!,
    })),
    ...{ dialect, columns: profiled },
  };
}

function categoryInput(
  column: string,
  listed: string,
  values: FeatureMatch["values"] = [],
): ScriptInput {
  const is = categoryKey(listed);
  const keyOf = meantKey(values);
  const spelt = [is, ...values.map(([own]) => categoryKey(own))];
  const among = [...new Set(spelt)].filter((key) => keyOf(key) === is);
  return among.length === 1 && among[0] === is ? { column, is } : { column, among };
}

function numberInput(column: string, values: FeatureMatch["values"] = []): ScriptInput {
  if (values.length === 0) return { column };
  const numbers = values.map(([own, meant]) => {
    return [categoryKey(own), meant === "" ? null : Number(meant)] as const;
  });
  return { column, numbers: Object.fromEntries(numbers) };
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
    const match = matches.find((one) => one.feature === name);
    const index = match?.column ?? null;
    if (index === null) return feature.center.map((fill) => ({ fill }));
    const column = names[index]!;
    if (feature.type !== "category") return [numberInput(column, match?.values)];
    return feature.categories.map((value) => categoryInput(column, value, match?.values));
  });
  const others = own
    .slice(0, ownColumns)
    .map(({ column, is }): ScriptInput =>
      is === null ? { column: names[column]! } : { column: names[column]!, is: categoryKey(is) },
    );
  return [...encoded, ...others];
}
