import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";

import { EngineError } from "../../engine/ground/errors";
import { Task } from "../../engine/ground/task";
import { fixedValues } from "../../engine/pack/fixed-values";
import { readForeign } from "../../engine/pack/foreign-model";
import { runForeign } from "../../workflows/pack/run-foreign";
import { BOOK_USAGE, bookOptions } from "../describe/space-book";
import { saySafety } from "../describe/say-safety";
import { detectKind } from "../detect-kind";
import { machineSecret, SECRET_USAGE } from "../machine-secret";
import { oneOf, required } from "../options";
import { writeOutput } from "../output";
import { READ_USAGE, readChoice, readOptions, wholeNumber } from "../read-options";
import { checkZip } from "../share/check-zip";
import { checkLine } from "../share/report";
import { openCompute } from "../threads/open-compute";
import { openModels } from "../threads/open-models";
import { packOfPictures, packOfTexts } from "./pack-of-pinned";
import { packOfTable } from "./pack-of-table";
import { sayMeasured } from "./say-measured";

/** Options that say something of one kind of data only. */
const OF_KIND = {
  table: ["names", "public-sample", "island", "island-name", "island-out", "book"],
  text: ["text-column"],
  image: ["pixels", "side"],
} as const;

const usage = `berth pack MODEL.onnx --data FILE --target COLUMN [options]

Makes a learnware of a model that was trained elsewhere. What has to be written around it, so that it takes the columns of a
table, texts or pictures and answers as others do, is found out from the model and from what it was trained on. The zip is
then checked as a dock checks it; the exit code is 1 if a dock would refuse it. How to export a model: docs/converting.md.

  --data FILE           what it was trained on: the learnware's specification is made of it
  --kind KIND           table; text: FILE is then a table with texts, a file with one in each line, or a folder of .txt
                        files; image: a folder or zip of folders of pictures (default: by FILE)
  --target COLUMN       what it predicts; of a folder of folders: folder
  --space ID            the space to join: text-english, text-any, image-photos or image-digits (default: whichever fits
                        best); of a table the island of a dock, with --dock
  --answer OUTPUT       the output to take (default: probabilities, scores or numbers; else labels)
  --labels A,B,…        classes in the order of the scores (default: those in the model, or those in the data in order)
  --logits, --no-logits whether scores are no probabilities yet (default: by their range)
  --pick N              which number is the answer, from 0, of a model that gives several
  --fix INPUT=VALUE     an input that is the same for all rows; VALUE,VALUE,… for several numbers; again for more
  --task TASK           regression or classification (default: from the model and the target)
  --test FILE           rows that it was not trained on: how good it is on them is published
  --unseen              it was not trained on the rows of --data
  --name, --description, --licence, --source, --scenario, --unit
                        what the learnware says of itself
  --out FILE            the zip (default: learnware.zip)

of tables:
  --names A,B,…         columns in the order in which the model takes them (default: by the names of its inputs, or all
                        columns in their order)
  --public-sample FILE  10 to 1000 rows with answers that are published with the learnware, for everybody to read: a dock
                        measures the model on them, and shows that beside what you declare
  --island FILE         JSON of the island the learnware belongs to; without it a new one is founded
  --island-name NAME    what a new island is called (default: as the file); its id follows from it
  --island-out FILE     where to write a newly founded island (default: <id>.island.json)

of texts:
  --text-column COLUMN  the column they are in (default: the only one with texts)

of pictures:
  --pixels SCALE        how bright the model takes them: unit (0 to 1), bytes (0 to 255), signed (-1 to 1) or imagenet
                        (default: whichever its answers are the best with)
  --side N              how high and wide they are, for a model that takes any size

${READ_USAGE}

${BOOK_USAGE}

${SECRET_USAGE}`;

const options = {
  data: { type: "string" },
  kind: { type: "string" },
  target: { type: "string" },
  space: { type: "string" },
  names: { type: "string" },
  fix: { type: "string", multiple: true },
  answer: { type: "string" },
  labels: { type: "string" },
  logits: { type: "boolean" },
  pick: { type: "string" },
  task: { type: "string" },
  test: { type: "string" },
  unseen: { type: "boolean", default: false },
  island: { type: "string" },
  "island-name": { type: "string" },
  "island-out": { type: "string" },
  "public-sample": { type: "string" },
  "text-column": { type: "string" },
  pixels: { type: "string" },
  side: { type: "string" },
  name: { type: "string" },
  description: { type: "string" },
  licence: { type: "string", default: "Others" },
  source: { type: "string", default: "not stated" },
  scenario: { type: "string", multiple: true },
  unit: { type: "string" },
  out: { type: "string", default: "learnware.zip" },
  ...readOptions,
  ...bookOptions,
  help: { type: "boolean", default: false },
} as const;

/** `berth pack`: a model that was trained elsewhere in, a learnware zip out. */
export async function pack(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    ...{ args, options, allowPositionals: true, allowNegative: true },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const file = required(positionals[0], usage);
  const data = required(values.data, "--data FILE is needed: what was the model trained on?");
  const target = required(values.target, "--target COLUMN is needed: what does the model predict?");
  const { kind: told, "text-column": column } = values;
  const kind = await detectKind(data, { kind: told, text: column });
  for (const [other, names] of Object.entries(OF_KIND)) {
    const given = names.find((name) => values[name] !== undefined);
    if (other === kind || given === undefined) continue;
    throw new EngineError("bad_parameter", `--${given} is of the kind ${other}, and this is ${kind}`); // prettier-ignore
  }
  const model = readForeign(new Uint8Array(await readFile(file)));
  const task = values.task === undefined ? undefined : oneOf("--task", values.task, Task.options);
  const pick = values.pick === undefined ? undefined : wholeNumber("--pick", values.pick);
  const compute = await openCompute();
  const pool = openModels(1);
  const work = {
    ...{ compute, model, data, values, choice: readChoice(values) },
    options: {
      target: {
        column: target,
        ...(task && { task }),
        ...(values.unit !== undefined && { unit: values.unit }),
      },
      about: {
        name: values.name ?? `${target} from ${basename(data)}`,
        description: values.description ?? `Predicts ${target}.`,
        licence: values.licence,
        source: values.source,
        scenario: values.scenario ?? ["Others"],
      },
      wish: {
        ...{ output: values.answer, labels: values.labels?.split(",") },
        ...{ isLogits: values.logits, pick },
      },
      fixed: fixedValues(model, (values.fix ?? []).map(fixedOption)),
      ...{ isUnseen: values.unseen, secret: machineSecret(), run: runForeign(pool) },
    },
  };
  try {
    const ways = { table: packOfTable, text: packOfTexts, image: packOfPictures };
    const made = await ways[kind](work);
    for (const note of made.notes) console.log(note);
    await writeOutput(values.out, made.zip);
    sayMeasured(made.measured, values.test !== undefined || values.unseen);
    console.log(saySafety(made.preflight));
    console.log(`${values.out}: ${(made.zip.length / 1000).toFixed(0)} kB`);
    const isFine = await checkZip(made.zip, null, (check) => console.log(checkLine(check))); // prettier-ignore
    console.log(isFine ? "a dock would take it" : "a dock would refuse it, for the reason above");
    if (!isFine) process.exitCode = 1;
  } finally {
    compute.dispose();
    pool.dispose();
  }
}

/** `INPUT=VALUE`. */
function fixedOption(text: string): [input: string, value: string] {
  const at = text.indexOf("=");
  return at < 1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
