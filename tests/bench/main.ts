/**
 * @file `npm run bench -- <suite> [--json FILE]`, with `[--data DIR] [--software-gpu] [--quick]` for `spec`,
 * `[--data DIR] [--quick]` for `read`, `--data DIR` for `onnx`, `[--quick]` for `fuzz`, `--data DIR [--quick]` for `own`,
 * `[--data DIR] [--quick] [--cache DIR] [--development]` for `market`, with `--kind text [--file F --text-column T --label-column L
 * [--group-column G]]` of texts and `--kind image [--file F.npz]` of pictures, `[--page]` for `predict`, `[--quick]` for `page` and `load`, and
 * `[--store pglite|postgres|scan]… [--form outline|book]… [--min N] [--max N] [--quick] [--postgres URL [--keep]]`
 * for `search`.
 */

import { parseArgs } from "node:util";

import type { Figure } from "./report";
import { report, writeFigures } from "./report";
import type { TextMarketOptions } from "./classes/texts";
import type { SearchOptions } from "./search";

interface BenchOptions {
  readonly data: string | undefined;
  readonly softwareGpu: boolean;
  readonly quick: boolean;
  readonly cache: string | undefined;
  readonly development: boolean;
  readonly page: boolean;
  readonly search: SearchOptions;
  readonly kind: "table" | "text" | "image";
  /** Of a market of texts or pictures. */
  readonly set: Pick<TextMarketOptions, "file" | "textColumn" | "labelColumn" | "groupColumn">;
}

/** Suites load on demand, so that one does not pay for another. */
const suites: Readonly<Record<string, (options: BenchOptions) => Promise<readonly Figure[]>>> = {
  spec: async ({ data, softwareGpu, quick }) =>
    (await import("./spec")).benchSpec(data, softwareGpu, quick),
  market: async ({ kind, set, ...options }) => {
    if (kind === "table") return (await import("./market")).benchMarket(options);
    return kind === "text"
      ? (await import("./classes/texts")).benchTextMarkets({ ...options, ...set })
      : (await import("./classes/pictures")).benchImageMarkets({ ...options, ...set });
  },
  predict: async ({ page }) => (await import("./predict")).benchPredict(page),
  page: async ({ quick }) => (await import("./page")).benchPageSpeed(quick),
  read: async ({ data, quick }) => [
    ...(data === undefined ? [] : await (await import("./read")).benchRead(data)),
    ...(await (await import("./read-speed")).benchReadSpeed(quick)),
  ],
  fuzz: async ({ quick }) => (await import("./fuzz")).benchFuzz(quick),
  own: async ({ data, quick }) => (await import("./own")).benchOwn(required(data), quick),
  match: async () => (await import("./match")).benchMatch(),
  onnx: async ({ data }) => (await import("./onnx")).benchOnnx(required(data)),
  load: async ({ quick }) => (await import("./load")).benchLoad(quick),
  search: async (options) => (await import("./search")).benchSearch(options.search),
};

function kindOf(name: string): BenchOptions["kind"] {
  if (name === "table" || name === "text" || name === "image") return name;
  throw new Error(`--kind is table, text or image, not ${name}`);
}

function required(data: string | undefined): string {
  if (data === undefined) throw new Error("--data DIR says where the tables are");
  return data;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      json: { type: "string" },
      "software-gpu": { type: "boolean", default: false },
      store: { type: "string", multiple: true },
      form: { type: "string", multiple: true },
      min: { type: "string" },
      max: { type: "string" },
      quick: { type: "boolean", default: false },
      postgres: { type: "string" },
      keep: { type: "boolean", default: false },
      cache: { type: "string" },
      development: { type: "boolean", default: false },
      page: { type: "boolean", default: false },
      kind: { type: "string", default: "table" },
      file: { type: "string" },
      "text-column": { type: "string", default: "text" },
      "label-column": { type: "string", default: "label" },
      "group-column": { type: "string" },
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
  const { store: stores = [], form: forms = [], min = "0", max = "Infinity" } = values;
  const search = { stores, forms, min: Number(min), max: Number(max), quick, postgresUrl, keep };
  const { file, "text-column": textColumn, "label-column": labelColumn } = values;
  const set = { file, textColumn, labelColumn, groupColumn: values["group-column"] };
  const kind = kindOf(values.kind);
  const options = { data, softwareGpu, quick, cache, development, page, search, kind, set };
  const figures = await run(options);
  // The market prints tables of its own, of a method a line.
  if (positionals[0] !== "market") report(figures, json);
  else if (json) writeFigures(figures, json);
}

/** What a person can do something about is one line; anything else is a mistake of ours, with its place. */
function tell(error: unknown): void {
  const isPlain = error instanceof Error && /^(?:Error|EngineError|AppError)$/.test(error.name);
  if (!isPlain) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

await main().catch(tell);
