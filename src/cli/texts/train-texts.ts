import { basename } from "node:path";

import type { OpenTable } from "../../engine/kinds/table/read/index";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import { trainingTarget } from "../../workflows/train/training-target";
import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { TEXT_SPACES } from "../../engine/kinds/text/spaces";
import type { LearnwareAbout } from "../../workflows/train/about";
import { type TrainedClasses, trainTexts } from "../../workflows/train/train-texts";
import { readPinnedBook } from "../describe/describe-pinned";
import { machineSecret } from "../machine-secret";
import { type Things, THINGS } from "../things";
import { writeOutput } from "../output";
import { saySafety } from "../describe/say-safety";
import { openCompute } from "../threads/open-compute";
import { basisOf, placeHere } from "./place-texts";
import { readTexts } from "./read-texts";

/** What is told of a learnware of texts or pictures. */
export interface WantedClasses {
  readonly target: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly licence: string;
  readonly source: string;
  readonly scenario?: readonly string[] | undefined;
  readonly seed: number;
  readonly out: string;
}

interface WantedTexts extends WantedClasses {
  readonly text?: string | undefined;
  /** How a table is read. */
  readonly choice: ReadOptions;
}

/** `berth train --kind text`: texts with answers in, a learnware zip out. */
export async function trainOnTexts(path: string, wanted: WantedTexts): Promise<void> {
  const { target } = wanted;
  const { texts, open, column } = await readTexts(path, wanted.text, wanted.choice);
  if (column === target) {
    const message = `"${target}" is what is read: it cannot be what is predicted, too`;
    throw new EngineError("bad_parameter", message);
  }
  const answers = answersOf(open, target);
  const basis = basisOf(texts);
  const space = TEXT_SPACES[basis];
  console.log(`${texts.length} texts, described as: ${space.name}`);
  const data = await placeHere(texts, [basis]);
  const unknown = data.places.get(basis)!.known.reduce((count, one) => count + 1 - one, 0);
  if (unknown > 0) console.log(`texts without any word that is known, not described: ${unknown}`);
  const compute = await openCompute();
  try {
    const made = await finish(
      trainTexts(compute, data, space, {
        target,
        answers,
        about: aboutOf(path, wanted),
        book: await readPinnedBook(space),
        secret: machineSecret(),
        seed: wanted.seed,
      }),
    );
    sayUnanswered(answers, "texts", target);
    const learner = made.learner === "bayes" ? "naive Bayes" : "logistic regression";
    await tellTrained(made, THINGS.text, `${learner} on words`, wanted.out);
    console.log(
      `the model holds ${made.words} words of the texts, which whoever gets it can read; what it is searched by holds none`,
    );
  } finally {
    compute.dispose();
  }
}

/**
 * The class of each text as its table is read; empty where there is none.
 *
 * @throws EngineError `bad_parameter` if the column is not there, or holds what are no classes; `no_usable_rows` if it holds fewer
 *   than two.
 */
export function answersOf({ read: { table } }: OpenTable, column: string): string[] {
  if (column === "folder" && !table.columns.some(({ name }) => name === column)) {
    const message =
      "no folders tell what is in them: put what is alike into one folder, named by its label, and give the folder that these are in; or say which column has the labels, by --target";
    throw new EngineError("bad_parameter", message);
  }
  const type = table.columns.find(({ name }) => name === column)?.type;
  if (type === "number" || type === "date") {
    const what = type === "date" ? "dates" : "numbers";
    const message = `"${column}" holds ${what}: a model of texts tells classes apart. Say --type "${column}=category" if they are classes`;
    throw new EngineError("bad_parameter", message);
  }
  const { target, labels, rows } = trainingTarget(table, { column, task: "classification" });
  const answers = Array<string>(table.rows).fill("");
  if (target.task === "classification") {
    rows.forEach((row, i) => (answers[row] = labels[target.codes[i]!]!));
  }
  return answers;
}

/** What a learnware says of itself. */
export function aboutOf(path: string, wanted: WantedClasses): LearnwareAbout {
  const { target, licence, source } = wanted;
  return {
    name: wanted.name ?? `${target} from ${basename(path)}`,
    description: wanted.description ?? `Predicts ${target}.`,
    ...{ licence, source, scenario: wanted.scenario ?? ["Others"] },
  };
}

/** Say how many there are without an answer. */
export function sayUnanswered(answers: readonly string[], what: string, target: string): void {
  const count = answers.filter((answer) => answer === "").length;
  if (count > 0) console.log(`${what} left out because "${target}" is empty: ${count}`);
}

/** Write the zip, and say how good and how safe it is. */
export async function tellTrained(
  { zip, manifest, preflight }: TrainedClasses,
  things: Things,
  learner: string,
  out: string,
): Promise<void> {
  await writeOutput(out, zip);
  for (const { name, value, trivial, rows } of manifest.metrics) {
    console.log(
      `${name} ${value} on ${rows} held-back ${things.many} (the trivial answer: ${trivial})`,
    );
  }
  console.log(`${learner}; ${saySafety(preflight, things)}`);
  console.log(`${out}: ${(zip.length / 1000).toFixed(0)} kB`);
}
