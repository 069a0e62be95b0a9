import { categoryKey } from "../island/encode";
import type { FeatureMatch, Island } from "../island/island";
import type { OwnColumn } from "../reuse/table-rows";
import type { ExportedEnsemble } from "./export-ensemble";

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
  readonly island: Island;
  readonly matches: readonly FeatureMatch[];
  readonly columns: readonly { readonly name: string; readonly categories: readonly string[] }[];
  /** The user's own columns, in the order in which the model takes them. */
  readonly own: readonly OwnColumn[];
}

/** The columns of the model's input, in order. */
export function scriptInputs(
  { features, ownColumns }: ExportedEnsemble,
  { island, matches, columns, own }: ScriptTable,
): ScriptInput[] {
  const encoded = features.flatMap((name): ScriptInput[] => {
    const feature = island.features.find((one) => one.name === name)!;
    const index = matches.find((match) => match.feature === name)?.column ?? null;
    if (index === null) return feature.center.map((fill) => ({ fill }));
    const column = columns[index]!.name;
    if (feature.type !== "category") return [{ column }];
    return feature.categories.map((value) => ({ column, is: categoryKey(value) }));
  });
  const others = own.slice(0, ownColumns).map(({ column, category }): ScriptInput => {
    const { name, categories } = columns[column]!;
    return category === null
      ? { column: name }
      : { column: name, is: categoryKey(categories[category]!) };
  });
  return [...encoded, ...others];
}
