import { Task } from "../engine/ground/task";
import { basename } from "node:path";
import { parseArgs } from "node:util";

import { EngineError } from "../engine/ground/errors";
import { foundSpace } from "../engine/kinds/table/space/found";
import type { FeatureMatch, Space } from "../engine/kinds/table/space/space";
import type { Column, ColumnType, Table } from "../engine/kinds/table/columns/column";
import { trainLearnware } from "../workflows/train/train";
import type { ReadTable } from "../engine/kinds/table/columns/typed-table";
import { WasmCompute } from "../runtime/compute/wasm/wasm-compute";
import { machineSecret, SECRET_USAGE } from "./machine-secret";
import { matchTable, oneOf, readIsland, required } from "./options";
import { saySafety } from "./say-safety";
import { BOOK_USAGE, bookOptions, readBook } from "./space-book";
import { writeOutput } from "./output";
import { READ_USAGE, readChoice, readOptions, wholeNumber } from "./read-options";
import { KindName } from "../engine/ground/kind-name";
import { trainOnPictures } from "./pictures/train-on-pictures";
import { trainOnTexts } from "./texts/train-texts";
import { readTableFile } from "./read-table-file";
import { finish } from "../engine/ground/finish";

/** Whole numbers of so few values may be classes. */
const FEW = 5;
const LONGEST_NAME = 200;
const OF_TABLES = ["island", "island-out", "features", "unit", "book", "dock"] as const;

const usage = `berth train FILE --target COLUMN [options]

  --kind KIND           table (default); text: FILE is then a table with texts, or a folder of .txt files;
                        image: a folder or zip of folders of pictures
  --text COLUMN         of texts, the column they are in (default: the only one with texts)
  --target COLUMN       what to predict; of a folder of folders: folder
  --island FILE         JSON of the island the learnware belongs to; without it a new one is founded
  --island-out FILE     where to write a newly founded island (default: <id>.island.json)
  --features A,B,…      columns of a new island (default: all but the target, identifiers and texts)
  --model KIND          trees, linear or auto (default: whichever is better on held-back rows)
  --task TASK           regression or classification (default: from the target's type)
  --name, --description, --licence, --source, --scenario, --unit
                        what the learnware says of itself
  --seed N              repeats the random choices of training (default 0)
  --out FILE            the zip (default: learnware.zip)

${READ_USAGE}

${BOOK_USAGE}

${SECRET_USAGE}`;

const options = {
  kind: { type: "string", default: "table" },
  text: { type: "string" },
  target: { type: "string" },
  island: { type: "string" },
  ...readOptions,
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
  const kind = oneOf("--kind", values.kind, KindName.options);
  const seed = wholeNumber("--seed", values.seed);
  if (kind !== "table") refuseOfTables(values, kind);
  if (kind === "text") {
    return trainOnTexts(file, { ...values, target, seed, choice: readChoice(values) });
  }
  if (values.text !== undefined) {
    throw new EngineError("bad_parameter", "--text goes with --kind text");
  }
  if (kind === "image") return trainOnPictures(file, { ...values, target, seed });
  const model = oneOf("--model", values.model, ["auto", "trees", "linear"] as const);
  const task = values.task === undefined ? undefined : oneOf("--task", values.task, Task.options);
  const read = await readTableFile(file, readChoice(values));
  const { island, matches } = values.island
    ? joinIsland(readIsland(values.island), read)
    : found(read, file, target, values.features?.split(","));
  if (task === undefined) sayIfClasses(read, target);
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
      seed,
      secret: machineSecret(),
      book: await readBook(island, values),
      carrySpace: true,
    }),
  );
  if (!values.island) {
    const names = island.features.map(({ name }) => name);
    sayLeftOut(read, target, names, values.features !== undefined);
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

/** @throws EngineError `bad_parameter` naming an option that says nothing of texts or pictures. */
function refuseOfTables(
  values: Readonly<
    Partial<Record<(typeof OF_TABLES)[number] | "task" | "model", string | undefined>>
  >,
  kind: KindName,
): void {
  const given = OF_TABLES.find((option) => values[option] !== undefined);
  if (given !== undefined) {
    throw new EngineError(
      "bad_parameter",
      `--${given} is of tables: leave it out with --kind ${kind}`,
    );
  }
  if (values.task === "regression" || (values.model ?? "auto") !== "auto") {
    const message = `${kind}s are told into classes: leave out --task and --model`;
    throw new EngineError("bad_parameter", message);
  }
}

/** Few whole numbers may be classes: what they are taken for is said. */
function sayIfClasses({ table }: ReadTable, target: string): void {
  const column = table.columns.find(({ name }) => name === target);
  const isFew =
    column?.type === "integer" && column.codes !== null && column.categories.length <= FEW;
  if (!isFew) return;
  console.log(
    `"${target}" holds ${column.categories.length} different whole numbers and is predicted as a number; ` +
      "--task classification if they are classes",
  );
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

/** What a table has that was not learned from, and why. */
function sayLeftOut(
  { table }: ReadTable,
  target: string,
  features: readonly string[],
  isChosen: boolean,
): void {
  const column = table.columns.find(({ name }) => name === target)!;
  const unanswered = emptyCells(column);
  if (unanswered > 0) console.log(`rows left out because "${target}" is empty: ${unanswered}`);
  for (const { name, type } of table.columns) {
    if (name === target || features.includes(name)) continue;
    const why = isChosen ? "it is not among the --features" : `it holds ${kinds[type] ?? type}`;
    console.log(`column left out: "${name}", ${why}`);
  }
}

const kinds: Partial<Record<ColumnType, string>> = {
  identifier: "identifiers",
  text: "free text",
  constant: "one value",
  date: "dates",
};

function emptyCells({ codes, numbers }: Column): number {
  if (codes) return codes.reduce((sum, code) => sum + Number(code < 0), 0);
  return numbers?.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0) ?? 0;
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
  if (chosen) checkFeatures(chosen, table, target);
  const names = chosen ?? usable.map(({ name }) => name);
  requireNames([target, ...names]);
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
