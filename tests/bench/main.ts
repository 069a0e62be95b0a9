/** @file `npm run bench -- <suite> [--data DIR] [--json FILE] [--software-gpu]`. */

import { parseArgs } from "node:util";

import type { Figure } from "./report";
import { report } from "./report";

interface BenchOptions {
  readonly data: string | undefined;
  readonly softwareGpu: boolean;
}

/** Suites load on demand, so that one does not pay for another. */
const suites: Readonly<Record<string, (options: BenchOptions) => Promise<readonly Figure[]>>> = {
  spec: async ({ data, softwareGpu }) => (await import("./spec")).benchSpec(data, softwareGpu),
  market: async (options) => (await import("./market")).benchMarket(options.data),
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      json: { type: "string" },
      "software-gpu": { type: "boolean", default: false },
    },
  });
  const run = suites[positionals[0] ?? ""];
  if (!run) {
    console.error(
      `usage: npm run bench -- <${Object.keys(suites).join("|")}> [--data DIR] [--json FILE] [--software-gpu]`,
    );
    process.exitCode = 2;
    return;
  }
  const { data, json, "software-gpu": softwareGpu } = values;
  report(await run({ data, softwareGpu }), json);
}

await main();
