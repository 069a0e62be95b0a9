import type { Table } from "../../engine/kinds/table/columns/column";
import type { StarterTable } from "./recipe";

export interface Domain {
  /** Of the learnware: the island's id and the domain's name. */
  readonly id: string;
  readonly name: string;
  readonly rows: Int32Array;
}

/** The parts of a table that get a learnware each. */
export function domainsOf(plan: StarterTable, table: Table): Domain[] {
  if (!plan.domainColumn) {
    const id = slug(plan.title);
    return [{ id, name: plan.title, rows: Int32Array.from({ length: table.rows }, (_, i) => i) }];
  }
  return allDomains(plan, table)
    .filter(({ name }) => !plan.heldOut?.includes(name))
    .filter((_, i) => i % (plan.everyNthDomain ?? 1) === 0)
    .filter(({ rows }) => rows.length >= (plan.fewestRows ?? 0));
}

function allDomains(plan: StarterTable, table: Table): Domain[] {
  const column = table.columns.find(({ name }) => name === plan.domainColumn)!;
  const rowsOf = new Map<string, number[]>();
  column.codes!.forEach((code, row) => {
    if (code < 0) return;
    const name = column.categories[code]!;
    const rows = rowsOf.get(name);
    if (rows) rows.push(row);
    else rowsOf.set(name, [row]);
  });
  return [...rowsOf]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, rows]) => ({
      id: slug(`${plan.island.id} ${name}`),
      name,
      rows: Int32Array.from(rows),
    }));
}

function slug(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
