/** @file The markets that lie in a folder, each a table and what its `.meta.json` says of it. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import Papa from "papaparse";
import { z } from "zod";

import { readTableFile } from "../../src/cli/read-table-file";
import type { StarterTable } from "../../src/cli/starter/recipe";
import type { Table } from "../../src/engine/kinds/table/columns/column";
import { retype } from "../../src/engine/kinds/table/columns/typed-table";

/** How a table is cut into domains: each of them makes a learnware, and has a user. */
export interface MarketTable extends StarterTable {
  /** Where no column splits rows, the latest are held back. */
  readonly timeColumn?: string;
}

export interface MarketPlan {
  readonly name: string;
  readonly table: MarketTable;
  readonly rows: number;
}

/** What is said of a market beside its table; the rest is for people. */
const Meta = z.object({
  name: z.string(),
  task: z.enum(["regression", "classification"]),
  domain_column: z.string(),
  target_column: z.string(),
  time_column: z.string().nullable().default(null),
  rows: z.number(),
  feature_groups: z.record(z.string(), z.array(z.string())).default({}),
  about: z.string().default(""),
});

const META = ".meta.json";
/** A column of this name says which rows are to be measured on. */
const SPLIT = "split";
const FEWEST_ROWS = 100;

/** Every market under `markets/` of a folder; those that take longest first. */
export function marketPlans(data: string): MarketPlan[] {
  const files = readdirSync(join(data, "markets")).filter((name) => name.endsWith(META));
  return files.map((name) => planOf(data, name)).sort((a, b) => b.rows - a.rows);
}

/** The smallest market of each task. */
export function quickPlans(plans: readonly MarketPlan[]): MarketPlan[] {
  const last = new Map(plans.map((plan) => [plan.table.task, plan]));
  return plans.filter((plan) => last.get(plan.table.task) === plan);
}

function planOf(data: string, metaFile: string): MarketPlan {
  const meta = Meta.parse(JSON.parse(readFileSync(join(data, "markets", metaFile), "utf8")));
  const stem = metaFile.slice(0, -META.length);
  const files = readdirSync(join(data, "markets"));
  const file = [`${stem}.csv.gz`, `${stem}.csv`].find((name) => files.includes(name));
  if (file === undefined) throw new Error(`${metaFile} has no table ${stem}.csv.gz beside it`);
  const columns = headerOf(join(data, "markets", file));
  const grouped = new Set(Object.values(meta.feature_groups).flat());
  const { domain_column: domain, target_column: target, time_column: time } = meta;
  const roles = new Set([domain, target, time, SPLIT]);
  const features = columns.filter((name) =>
    grouped.size > 0 ? grouped.has(name) : !roles.has(name),
  );
  return {
    name: meta.name,
    rows: meta.rows,
    table: {
      file: join("markets", file),
      island: {
        ...{ id: slug(meta.name), name: meta.name, description: meta.about },
        features: features.map((column) => ({ column })),
      },
      target: { column: target },
      ...{ task: meta.task, domainColumn: domain, fewestRows: FEWEST_ROWS },
      ...(columns.includes(SPLIT) && { splitColumn: SPLIT }),
      ...(time !== null && { timeColumn: time }),
      ...{ licence: "Others", source: meta.name, scenario: ["Others"] },
      ...{ title: `${meta.name}: {domain}`, about: `Predicts ${target} of {domain}.` },
    },
  };
}

/** The table of a market, its domains as categories even if they are numbers. */
export async function readMarket(path: string, { domainColumn }: StarterTable): Promise<Table> {
  const read = await readTableFile(path);
  const index = read.table.columns.findIndex(({ name }) => name === domainColumn);
  const isCategory = Boolean(read.table.columns[index]?.codes);
  return (isCategory ? read : retype(read, index, "category")).table;
}

function headerOf(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return Papa.parse<string[]>(text, { preview: 1 }).data[0]!;
}

function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
