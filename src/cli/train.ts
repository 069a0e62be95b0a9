import { Task } from "../engine/ground/task";
import { basename } from "node:path";
import { parseArgs } from "node:util";

import { EngineError } from "../engine/ground/errors";
import { foundSpace } from "../engine/kinds/table/space/found";
import type { FeatureMatch, Space } from "../engine/kinds/table/space/space";
import { trainLearnware } from "../workflows/train/train";
import type { ReadTable } from "../engine/kinds/table/columns/typed-table";
import { WasmCompute } from "../runtime/compute/wasm/wasm-compute";
import { machineSecret, SECRET_USAGE } from "./machine-secret";
import { matchTable, readIsland, required } from "./options";
import { saySafety } from "./say-safety";
import { BOOK_USAGE, bookOptions, readBook } from "./space-book";
import { writeOutput } from "./output";
import { readTableFile } from "./read-table-file";
import { finish } from "../engine/ground/finish";

const usage = `berth train FILE --target COLUMN [options]

  --target COLUMN       what to predict
  --island FILE         JSON of the island the learnware belongs to; without it a new one is founded
  --island-out FILE     where to write a newly founded island (default: <id>.island.json)
  --features A,B,…      columns of a new island (default: all but the target, identifiers and texts)
  --model KIND          trees, linear or auto (default: whichever is better on held-back rows)
  --task TASK           regression or classification (default: from the target's type)
  --name, --description, --licence, --source, --scenario, --unit
                        what the learnware says of itself
  --seed N              repeats the random choices of training (default 0)
  --out FILE            the zip (default: learnware.zip)

${BOOK_USAGE}

${SECRET_USAGE}`;

const options = {
  target: { type: "string" },
  island: { type: "string" },
  ...bookOptions,
  "island-out": { type: "string" },
  features: { type: "string" },
  model: { type: "string", default: "auto" },
  task: { type: "string" },
  name: { type: "string" },
  description: { type: "string" },
  licence: { type: "string", default: "Others" },
  source: { type: "string", default: "not stated" },
  scenario: { type: "string", multiple: true },
  unit: { type: "string" },
  seed: { type: "string", default: "0" },
  out: { type: "string", default: "learnware.zip" },
  help: { type: "boolean", default: false },
} as const;

/** `berth train`: a table in, a learnware zip out. */
export async function train(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help) {
    console.log(usage);
    return;
  }
  const file = required(positionals[0], usage);
  const target = required(values.target, "--target COLUMN is needed: what should be predicted?");
  const model = oneOf("--model", values.model, ["auto", "trees", "linear"] as const);
  const task = values.task === undefined ? undefined : oneOf("--task", values.task, Task.options);
  const read = await readTableFile(file);
  const { island, matches } = values.island
    ? joinIsland(readIsland(values.island), read)
    : found(read, file, target, values.features?.split(","));
  const made = await finish(
    trainLearnware(await WasmCompute.create(), read.table, island, matches, {
      target: {
        column: target,
        ...(task && { task }),
        ...(values.unit !== undefined && { unit: values.unit }),
      },
      about: {
        name: values.name ?? `${target} from ${basename(file)}`,
        description: values.description ?? `Predicts ${target}.`,
        licence: values.licence,
        source: values.source,
        scenario: values.scenario ?? ["Others"],
      },
      model,
      seed: Number(values.seed),
      secret: machineSecret(),
      book: await readBook(island, values),
      carrySpace: true,
    }),
  );
  if (!values.island) {
    const path = values["island-out"] ?? `${island.id}.island.json`;
    await writeOutput(path, `${JSON.stringify(island, null, 1)}\n`);
    console.log(`${path}: a new island of ${island.features.length} features`);
  }
  await writeOutput(values.out, made.zip);
  for (const { name, value, trivial, rows } of made.manifest.metrics) {
    console.log(`${name} ${value} on ${rows} held-back rows (the trivial answer: ${trivial})`);
  }
  console.log(`${made.kind} model; ${saySafety(made.preflight)}`);
  console.log(`${values.out}: ${(made.zip.length / 1000).toFixed(0)} kB`);
}

function joinIsland(island: Space, read: ReadTable) {
  return { island, matches: matchTable(island, read) };
}

function found(
  { table }: ReadTable,
  file: string,
  target: string,
  chosen: readonly string[] | undefined,
): { island: Space; matches: FeatureMatch[] } {
  const usable = table.columns.filter(
    ({ name, type }) =>
      name !== target && ["number", "integer", "boolean", "category"].includes(type),
  );
  const names = chosen ?? usable.map(({ name }) => name);
  const title = basename(file).replace(/\.(csv|tsv|txt)(\.gz)?$/i, "");
  const id = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "island"; // prettier-ignore
  const island = foundSpace(
    { id, name: title, description: "", features: names.map((column) => ({ column })) },
    table,
  );
  const matches = names.map((feature) => ({
    feature,
    column: table.columns.findIndex(({ name }) => name === feature),
  }));
  return { island, matches };
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found) return found;
  throw new EngineError("bad_parameter", `${option} is ${allowed.join(", ")}; got "${value}"`);
}
