/** @file The island that a learnware of a table founds. */

import { EngineError } from "../../engine/ground/errors";
import type { Table } from "../../engine/kinds/table/columns/column";
import { foundSpace } from "../../engine/kinds/table/space/found";
import type { FeatureMatch, Space } from "../../engine/kinds/table/space/space";

const LONGEST_NAME = 200;
const LONGEST_ID = 63;

export interface OwnIsland {
  readonly island: Space;
  readonly matches: readonly FeatureMatch[];
}

interface IslandWish {
  readonly target: string;
  /** What people call the island. */
  readonly name: string;
  /** Columns that become features; all that can where left out. */
  readonly columns: readonly string[] | undefined;
  /** Values that get a place each, by column; those that are frequent where left out. */
  readonly values?: ReadonlyMap<string, readonly string[]>;
}

/** @throws EngineError `bad_parameter` naming a column that cannot be a feature. */
export function foundIsland(
  table: Table,
  { target, name, columns, values }: IslandWish,
): OwnIsland {
  const usable = table.columns.filter(
    ({ name: own, type }) =>
      own !== target && ["number", "integer", "boolean", "category"].includes(type),
  );
  if (columns) checkFeatures(columns, table, target);
  const names = columns ?? usable.map((column) => column.name);
  requireNames([target, ...names]);
  const features = names.map((column) => {
    const categories = values?.get(column);
    return { column, ...(categories && { categories }) };
  });
  const island = foundSpace({ id: idOf(name), name, description: "", features }, table);
  const matches = names.map((feature) => ({
    feature,
    column: table.columns.findIndex((column) => column.name === feature),
  }));
  return { island, matches };
}

/** A name as an id that people can read. */
function idOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const id = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-/, "").slice(0, LONGEST_ID); // prettier-ignore
  return id.replace(/-$/, "") || "island";
}

/** @throws EngineError `bad_parameter` if a name is longer than a learnware can hold. */
function requireNames(names: readonly string[]): void {
  const long = names.find((name) => name.length > LONGEST_NAME);
  if (long === undefined) return;
  const message =
    `the name of column "${long.slice(0, 20)}…" has ${long.length} characters; a learnware holds names of at most ` +
    `${LONGEST_NAME}. Shorten it, or leave the column out of --features.`;
  throw new EngineError("bad_parameter", message);
}

/** A model that is given the answer learns nothing else. */
function checkFeatures(chosen: readonly string[], { columns }: Table, target: string): void {
  if (chosen.includes(target)) {
    const message = `"${target}" is what is to be predicted: it cannot be one of the --features too`;
    throw new EngineError("bad_parameter", message);
  }
  const strange = chosen.find((name) => !columns.some((column) => column.name === name));
  if (strange !== undefined) {
    throw new EngineError("bad_parameter", `there is no column "${strange}" for --features`);
  }
}
