/**
 * @file `npm run bench -- <suite> [--json FILE]`, with `[--data DIR] [--software-gpu] [--quick]` for `spec`,
 * `[--data DIR] [--quick] [--cache DIR] [--development]` for `market`, `[--page]` for `predict`, and
 * `[--store pglite|postgres|scan]… [--form outline|book]… [--max N] [--quick] [--postgres URL [--keep]]` for `search`.
 */

import { parseArgs } from "node:util";

import type { Figure } from "./report";
import { report, writeFigures } from "./report";
import type { SearchOptions } from "./search";

interface BenchOptions {
  readonly data: string | undefined;
  readonly softwareGpu: boolean;
  readonly quick: boolean;
  readonly cache: string | undefined;
  readonly development: boolean;
  readonly page: boolean;
  readonly search: SearchOptions;
}

/** Suites load on demand, so that one does not pay for another. */
const suites: Readonly<Record<string, (options: BenchOptions) => Promise<readonly Figure[]>>> = {
  spec: async ({ data, softwareGpu, quick }) =>
    (await import("./spec")).benchSpec(data, softwareGpu, quick),
  market: async (options) => (await import("./market")).benchMarket(options),
  predict: async ({ page }) => (await import("./predict")).benchPredict(page),
  match: async () => (await import("./match")).benchMatch(),
  load: async () => (await import("./load")).benchLoad(),
  search: async (options) => (await import("./search")).benchSearch(options.search),
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      json: { type: "string" },
      "software-gpu": { type: "boolean", default: false },
      store: { type: "string", multiple: true },
      form: { type: "string", multiple: true },
      max: { type: "string" },
      quick: { type: "boolean", default: false },
      postgres: { type: "string" },
      keep: { type: "boolean", default: false },
      cache: { type: "string" },
      development: { type: "boolean", default: false },
      page: { type: "boolean", default: false },
    },
  });
  const run = suites[positionals[0] ?? ""];
  if (!run) {
    console.error(`usage: npm run bench -- <${Object.keys(suites).join("|")}> [--json FILE] […]`);
    process.exitCode = 2;
    return;
  }
  const { data, json, "software-gpu": softwareGpu, quick, keep, postgres: postgresUrl } = values;
  const { cache, development, page } = values;
  const { store: stores = [], form: forms = [], max = "Infinity" } = values;
  const search = { stores, forms, max: Number(max), quick, postgresUrl, keep };
  const figures = await run({ data, softwareGpu, quick, cache, development, page, search });
  // The market prints tables of its own, of a method a line.
  if (positionals[0] !== "market") report(figures, json);
  else if (json) writeFigures(figures, json);
}

await main();
