import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { TEXT_SPACES } from "../../engine/kinds/text/spaces";
import { decodeBook } from "../../engine/specification/files/book-file";
import { trainTexts } from "../../workflows/train/train-texts";
import { machineSecret } from "../machine-secret";
import { textsOfColumn } from "./texts-of-column";
import { writeOutput } from "../output";
import { saySafety } from "../say-safety";
import { openCompute } from "../threads/open-compute";
import { basisOf, EMBEDDERS, placeHere } from "./place-texts";
import { readTexts } from "./read-texts";

interface Wanted {
  readonly target: string;
  readonly text?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly licence: string;
  readonly source: string;
  readonly scenario?: readonly string[] | undefined;
  readonly seed: string;
  readonly out: string;
}

/** `berth train --kind text`: texts with answers in, a learnware zip out. */
export async function trainOnTexts(path: string, wanted: Wanted): Promise<void> {
  const { target, out } = wanted;
  const { texts, open, column } = await readTexts(path, wanted.text);
  if (column === target) {
    const message = `"${target}" is what is read: it cannot be what is predicted, too`;
    throw new EngineError("bad_parameter", message);
  }
  const answers = await textsOfColumn(open, target);
  const basis = basisOf(texts);
  const space = TEXT_SPACES[basis];
  console.log(`${texts.length} texts, described as: ${space.name}`);
  const data = await placeHere(texts, [basis]);
  const unknown = data.places.get(basis)!.known.reduce((count, one) => count + 1 - one, 0);
  if (unknown > 0) console.log(`texts without any word that is known, not described: ${unknown}`);
  const book = await readFile(new URL(`${space.id}.book.npy`, EMBEDDERS));
  const compute = await openCompute();
  try {
    const made = await finish(
      trainTexts(compute, data, space, {
        target,
        answers,
        about: {
          name: wanted.name ?? `${target} from ${basename(path)}`,
          description: wanted.description ?? `Predicts ${target}.`,
          licence: wanted.licence,
          source: wanted.source,
          scenario: wanted.scenario ?? ["Others"],
        },
        book: decodeBook(new Uint8Array(book), space.dimension),
        secret: machineSecret(),
        seed: Number(wanted.seed),
      }),
    );
    await writeOutput(out, made.zip);
    for (const { name, value, trivial, rows } of made.manifest.metrics) {
      console.log(`${name} ${value} on ${rows} held-back texts (the trivial answer: ${trivial})`);
    }
    const learner = made.learner === "bayes" ? "naive Bayes" : "logistic regression";
    console.log(`${learner} on words; ${saySafety(made.preflight)}`);
    console.log(`${out}: ${(made.zip.length / 1000).toFixed(0)} kB`);
  } finally {
    compute.dispose();
  }
}
