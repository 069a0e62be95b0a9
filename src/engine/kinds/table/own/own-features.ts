import type { Column, Table } from "../columns/column";
import { foundSpace } from "../space/found";
import type { Space } from "../space/space";
import { type DatePart, datePart, inputColumns, type OwnInput } from "./own-inputs";

/**
 * What others have to give a model of the user's own. Whether a cell is empty is told by the cell itself, so that a
 * column is one feature; a date is one for each of its parts that are used.
 */
export type OwnFeature = { readonly name: string; readonly column: string } & (
  | { readonly of: "number" }
  | { readonly of: DatePart }
  | { readonly of: "category"; readonly values: readonly string[] }
  /** Only whether the cell is empty counts. */
  | { readonly of: "filled" }
);

/** In the order in which the columns come first among the inputs. */
export function ownFeatures(inputs: readonly OwnInput[]): OwnFeature[] {
  return inputColumns(inputs).flatMap((column): OwnFeature[] => {
    const own = inputs.filter((input) => input.column === column);
    const values = own.flatMap((input) => (input.of === "value" ? [input.value] : []));
    if (values.length > 0) return [{ name: column, column, of: "category", values }];
    const features = own.flatMap((input): OwnFeature[] => {
      if (input.of === "missing" || input.of === "value") return [];
      if (input.of === "number") return [{ name: column, column, of: "number" }];
      return [{ name: `${column}: ${input.of}`, column, of: input.of }];
    });
    return features.length > 0 ? features : [{ name: column, column, of: "filled" }];
  });
}

/**
 * Found a space on these features of a table.
 *
 * @returns The space, and the features as a table that lies in it: column i is feature i.
 * @throws EngineError `bad_parameter` as `foundSpace`; a feature whose column the table lacks.
 */
export function ownSpace(
  plan: { readonly id: string; readonly name: string; readonly description: string },
  features: readonly OwnFeature[],
  table: Table,
): { readonly space: Space; readonly table: Table } {
  const columns = features.flatMap((feature) => {
    const column = table.columns.find(({ name }) => name === feature.column);
    return column ? [featureColumn(feature, column)] : [];
  });
  const taken = { rows: table.rows, columns };
  const planned = features.map((feature, at) => {
    if (feature.of === "category") return { column: feature.name, categories: feature.values };
    const seen = columns[at]?.codes?.find((code) => code >= 0);
    if (feature.of !== "filled" || seen === undefined) return { column: feature.name };
    return { column: feature.name, categories: [columns[at]!.categories[seen]!] };
  });
  return { space: foundSpace({ ...plan, features: planned }, taken), table: taken };
}

function featureColumn(feature: OwnFeature, { numbers, ...column }: Column): Column {
  const { name, of } = feature;
  if (of === "category" || (of === "filled" && column.type === "category")) {
    const { codes, categories } = column;
    return { name, type: "category", numbers: null, codes, categories };
  }
  const isPart = of !== "number" && of !== "filled";
  const type = column.type === "date" ? "number" : column.type;
  const values = isPart ? (numbers?.map((ms) => datePart(ms, of)) ?? null) : numbers;
  return { name, type, numbers: values, codes: null, categories: [] };
}
