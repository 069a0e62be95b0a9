/** @file `npm run bench -- <suite> [--data DIR] [--json FILE]`. */

import { parseArgs } from "node:util";

import type { Figure } from "./report";
import { report } from "./report";

interface BenchOptions {
  readonly data: string | undefined;
}

/** Suites load on demand, so that one does not pay for another. */
const suites: Readonly<Record<string, (options: BenchOptions) => Promise<readonly Figure[]>>> = {
  spec: async (options) => (await import("./spec")).benchSpec(options.data),
  market: async (options) => (await import("./market")).benchMarket(options.data),
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: "string" }, json: { type: "string" } },
  });
  const run = suites[positionals[0] ?? ""];
  if (!run) {
    console.error(
      `usage: npm run bench -- <${Object.keys(suites).join("|")}> [--data DIR] [--json FILE]`,
    );
    process.exitCode = 2;
    return;
  }
  report(await run({ data: values.data }), values.json);
}

await main();
