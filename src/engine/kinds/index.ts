/** @file The kinds of data that there are. Nothing else names one. */

import type { DataKind } from "./kind";
import { tableKind, type TableKind } from "./table/table-kind";

const kinds = { table: tableKind } satisfies Record<string, { readonly name: DataKindName }>;

type DataKindName = DataKind<never, never, never, never, never>["name"];

/** The kind of a space, a learnware or data; what does not say is of a table. */
export function kindOf({
  kind = "table",
}: {
  readonly id: string;
  readonly kind?: keyof typeof kinds;
}): TableKind {
  return kinds[kind];
}
