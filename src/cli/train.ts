import { Task } from "../engine/ground/task";
import { basename } from "node:path";
import { parseArgs } from "node:util";

import { EngineError } from "../engine/ground/errors";
import type { Column, ColumnType } from "../engine/kinds/table/columns/column";
import { trainLearnware } from "../workflows/train/train";
import type { ReadTable } from "../engine/kinds/table/columns/typed-table";
import { WasmCompute } from "../runtime/compute/wasm/wasm-compute";
import { machineSecret, SECRET_USAGE } from "./machine-secret";
import { islandNameOf, joinIsland, writeIsland } from "./islands/own-island";
import { oneOf, readIsland, required } from "./options";
import { saySafety } from "./describe/say-safety";
import { BOOK_USAGE, bookOptions, readBook } from "./describe/space-book";
import { writeOutput } from "./output";
import { READ_USAGE, readChoice, readOptions, wholeNumber } from "./read-options";
import { foundIsland } from "../workflows/train/found-island";
import type { KindName } from "../engine/ground/kind-name";
import { inWordsOf } from "./describe/words-of-kind";
import { detectKind } from "./detect-kind";
import { trainOnPictures } from "./pictures/train-on-pictures";
import { trainOnTexts } from "./texts/train-texts";
import { readTableFile } from "./read-table-file";
import { finish } from "../engine/ground/finish";

/** Whole numbers of so few values may be classes. */
const FEW = 5;
const OF_TABLES = ["island", "island-out", "features", "unit", "book", "dock"] as const;

const usage = `berth train FILE --target COLUMN [options]

  --kind KIND           table; text: FILE is then a table with texts, or a folder of .txt files; image: a folder or
                        zip of folders of pictures (default: image or text of such folders and zips, else table)
  --text COLUMN         of texts, the column they are in (default: the only one with texts)
  --target COLUMN       what to predict; of a folder of folders: folder
  --island FILE         JSON of the island the learnware belongs to; without it a new one is founded
  --island-name NAME    what a new island is called (default: as the file); its id follows from it
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
  kind: { type: "string" },
  text: { type: "string" },
  target: { type: "string" },
  island: { type: "string" },
  ...readOptions,
  ...bookOptions,
  "island-out": { type: "string" },
  "island-name": { type: "string" },
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
  const kind = await detectKind(file, values);
  const seed = wholeNumber("--seed", values.seed);
  if (kind !== "table") refuseOfTables(values, kind);
  if (kind === "text") {
    const wanted = { ...values, target, seed, choice: readChoice(values) };
    return inWordsOf(kind, () => trainOnTexts(file, wanted));
  }
  if (values.text !== undefined) {
    throw new EngineError("bad_parameter", "--text goes with --kind text");
  }
  if (kind === "image") {
    return inWordsOf(kind, () => trainOnPictures(file, { ...values, target, seed }));
  }
  const model = oneOf("--model", values.model, ["auto", "trees", "linear"] as const);
  const task = values.task === undefined ? undefined : oneOf("--task", values.task, Task.options);
  const read = await readTableFile(file, readChoice(values));
  const { island, matches } = values.island
    ? joinIsland(readIsland(values.island), read)
    : foundIsland(read.table, {
        ...{ target, name: values["island-name"] ?? islandNameOf(file) },
        columns: values.features?.split(","),
      });
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
    await writeIsland(island, values["island-out"]);
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
