import { parseArgs } from "node:util";

import { AppError } from "../contracts/outcome";
import type { Preparation } from "../contracts/workers/reuse-plan";
import { EngineError } from "../engine/ground/errors";
import { finish } from "../engine/ground/finish";
import type { Filling } from "../engine/kinds/table/fill/fill-in";
import { predictionColumns } from "../engine/reuse/predict/prediction-columns";
import type { ReuserName } from "../engine/reuse/reuser";
import type { Compute } from "../engine/specification/kernel/compute";
import type { ModelPool } from "../runtime/models/model-pool";
import { reuseHere } from "../library/reuse-here";
import { holdTable, type UserTable } from "../library/user-table";
import { advisedOffer } from "../workflows/find/advised-offer";
import type { OfferCard, OfferMember } from "../workflows/find/offers";
import type { Verdict } from "../workflows/find/verdict";
import { cautionInFiles, cautionOf } from "../workflows/reuse/caution";
import { reuse, type Reused, type ReuseRun } from "../workflows/reuse/reuse";
import { requireExportable } from "../workflows/reuse/reuse-host";
import { inWordsOf } from "./describe/words-of-kind";
import { detectKind } from "./detect-kind";
import { required } from "./options";
import type { KindName } from "../engine/ground/kind-name";
import { holdPictures } from "./pictures/hold-pictures";
import { holdTexts } from "./texts/hold-texts";
import type { ReadOptions } from "../engine/kinds/table/read/reader";
import { READ_USAGE, readChoice, readOptions } from "./read-options";
import { openOutput, type Output } from "./output";
import { openTableFile } from "./read-table-file";
import { machineSecret, SECRET_USAGE } from "./machine-secret";
import { exportWay, SCRIPTS } from "./predict/export-way";
import { findLearnwares } from "./predict/find-learnwares";
import { openDock, type OpenDock } from "./predict/open-dock";
import { OWN_USAGE, ownOptions, predictByOwn } from "./predict/own";
import { requireEmpty } from "./predict/only-empty";
import {
  aboutModels,
  heldByRanges,
  sentenceOf,
  tableOf,
  whyNothing,
  whyRecommended,
} from "./predict/tell";
import { streamUserTable } from "./predict/stream-table";
import { cautionsOf, warningsOf, whyLeftOut } from "./predict/warnings";
import { type Things, THINGS } from "./things";
import { formatOf, writePredictions } from "./predict/write-predictions";
import { openCompute } from "./threads/open-compute";
import { openModels } from "./threads/open-models";

const usage = `berth predict FILE (--with LEARNWARE.zip… | --dock URL|DIR | --own --target COLUMN) [options]

Writes FILE again with predictions at the right, made by the learnwares that suit its rows, or by a model
of one's own.

  --kind KIND        table; text: FILE is then a table with texts, a .txt file with one in each line, or a folder
                     of .txt files; image: a folder or zip of pictures (default: image or text of such
                     folders and zips, else table)
  --text COLUMN      of texts, the column they are in (default: the only one with texts)
  --with ZIP         a learnware to use; again for more of the same island
  --dock URL|DIR     where to look for learnwares: a dock, or one of plain files. A dock that runs is
                     sent what \`berth spec\` writes; nothing is sent to the other
  --island ID|FILE   the island to look on, or JSON of the island of the zips (default: what fits best);
                     one that is related has to be named
  --target NAME      what is to be predicted, where learnwares predict several things
  --fill lines|network
                     how models get features that FILE lacks: by straight lines through what their
                     training data look like, or by a small neural network (default: lines)
  --answers COLUMN   holds the answer in some rows, from which the best way of reuse is learned
  --way NAME         how to reuse the learnwares (default: what is recommended)
  --out FILE         default: predictions.csv; "-" is standard output. The ending says the format: .csv, .xlsx,
                     .parquet, .json, .ndjson, .arrow; any other name is written as FILE is
  --fill-empty       no columns at the right: only the empty cells of the column with answers are filled
  --only-empty       only the rows in which the column with answers is empty; goes with --fill-empty, too
  --export DIR       also write what was built: a model, a learnware, and scripts that run it
  --stream           read FILE block by block, whatever its size; not with --answers
  --anyway           predict even if nothing on the dock fits the table, by what is nearest
  --json             tell what was done as JSON

${READ_USAGE}

${OWN_USAGE}

${SECRET_USAGE}`;

const options = {
  kind: { type: "string" },
  text: { type: "string" },
  with: { type: "string", multiple: true },
  dock: { type: "string" },
  island: { type: "string" },
  target: { type: "string" },
  fill: { type: "string", default: "lines" },
  answers: { type: "string" },
  way: { type: "string" },
  out: { type: "string", default: "predictions.csv" },
  "fill-empty": { type: "boolean", default: false },
  "only-empty": { type: "boolean", default: false },
  export: { type: "string" },
  stream: { type: "boolean", default: false },
  anyway: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  own: { type: "boolean", default: false },
  ...readOptions,
  ...ownOptions,
  help: { type: "boolean", default: false },
} as const;

type Told = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
type Values = Told & { readonly kind: KindName };

/** `berth predict`: a table in, the table with predictions out. */
export async function predict(args: string[]): Promise<void> {
  const { values: told, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (told.help) {
    console.log(usage);
    return;
  }
  const file = required(positionals[0], usage);
  const values: Values = { ...told, kind: await detectKind(file, told) };
  requireOneKind(values);
  if (values.own) {
    await predictByOwn(file, values);
    return;
  }
  if (!values.with && values.dock === undefined) throw new EngineError("bad_parameter", usage);
  if (values.stream && values.answers !== undefined) {
    const message = "--stream cannot be used with --answers: these rows have to be held";
    throw new EngineError("bad_parameter", message);
  }
  for (const option of ["fill-empty", "only-empty"] as const) {
    if (!values[option] || values.answers !== undefined) continue;
    const message = `--${option} needs --answers COLUMN, or --own: which column's empty cells are meant?`;
    throw new EngineError("bad_parameter", message);
  }
  const { fill } = values;
  if (fill !== "lines" && fill !== "network") {
    throw new EngineError("bad_parameter", `--fill is lines or network; got "${fill}"`);
  }
  const dock = values.dock === undefined ? null : await openDock(values.dock);
  const compute = await openCompute();
  const pool = openModels();
  try {
    await inWordsOf(values.kind, () =>
      predictFile(file, values, { dock, compute, pool, filling: fill }),
    );
  } finally {
    pool.dispose();
    compute.dispose();
    dock?.close();
  }
}

/** @throws EngineError `bad_parameter` if an option says nothing of the kind that FILE is of. */
function requireOneKind({ kind, text, own, stream }: Values): void {
  const refused = (message: string) => new EngineError("bad_parameter", message);
  if (kind !== "text" && text !== undefined) throw refused("--text goes with --kind text");
  if (kind === "table") return;
  if (own) {
    throw refused(
      `--own learns from tables: of ${kind}s, make a learnware by \`berth train --kind ${kind}\`, and predict --with it`,
    );
  }
  if (stream) throw refused(`--stream is of tables: leave it out, ${kind}s are held`);
}

interface Parts {
  readonly dock: OpenDock | null;
  readonly compute: Compute;
  readonly pool: ModelPool;
  readonly filling: Filling;
}

async function predictFile(file: string, values: Values, parts: Parts): Promise<void> {
  const output = await openOutput(values.out);
  try {
    await predictInto(output, file, values, parts);
  } finally {
    await output.abandon();
  }
}

async function predictInto(
  output: Output,
  file: string,
  values: Values,
  parts: Parts,
): Promise<void> {
  const choice = readChoice(values);
  const things = THINGS[values.kind];
  const table = await openUserTable(file, values, choice);
  const { rows, answersColumn } = table;
  const onlyEmpty =
    values["only-empty"] && answersColumn !== null
      ? requireEmpty(table.profile, answersColumn)
      : null;
  const format = formatOf(values.out, table);
  if (values.stream && format !== null) {
    const message = "--stream writes the table in its own format: leave one of both out";
    throw new EngineError("bad_parameter", message);
  }
  warn(warningsOf(table.profile));
  const found = await findLearnwares(parts.dock?.dock ?? null, parts.compute, table, {
    zips: values.with ?? [],
    island: values.island,
    target: values.target,
  });
  const nothing = whyNothing(found.verdict, things);
  if (nothing !== null) console.error(nothing);
  const offer = advisedOffer(found.offers, values.anyway || values.with !== undefined);
  if (!offer) {
    if (values.json) console.log(JSON.stringify({ out: null, verdict: found.verdict }));
    process.exitCode = 1;
    return;
  }
  const { island, matches, fetchPackage, verdict } = found;
  const predictor = reuseHere(table, parts.compute, parts.pool);
  const run = { plan: 1, offer, island, matches, rows, answersColumn, filling: parts.filling };
  const reused = await finish(
    reuse({ fetchPackage, predictor }, run, (preparation) => {
      if (values.export !== undefined) requireExportable(preparation);
      return wantedWay(preparation, values.way);
    }),
  );
  const { predictions, way } = reused.reuse;
  const caution = cautionOf(run, way);
  if (caution) warn([`caution: ${cautionInFiles(caution)}`]);
  if (way !== "own_model") warn(aboutModels(usedBy(run, reused), things));
  const fills = values["fill-empty"] ? answersColumn : null;
  const columns = predictionColumns(predictions, caution && cautionInFiles(caution), fills);
  warn(reused.leftOut.map((one) => `left out: ${one.id}: ${whyLeftOut(one, things)}`));
  warn(cautionsOf(predictions, things));
  await writePredictions(output, table, columns, { format, onlyEmpty });
  const done = {
    run,
    reused,
    ...{ verdict, things },
    columns: table.columns,
    sentence: sentenceOf(reused.reuse.account, namesOf(run, reused), things),
  };
  if (values.export !== undefined) {
    const words = { sentence: done.sentence, language: "en" } as const;
    await exportWay(
      values.export,
      await finish(predictor.bundle(run.plan, reused.reuse.way, words, SCRIPTS, machineSecret())),
    );
  }
  await output.finish();
  if (values.json) console.log(JSON.stringify(asJson(done, values.out)));
  else tell(done, values.out);
}

async function openUserTable(
  file: string,
  values: Values,
  choice: ReadOptions,
): Promise<UserTable> {
  if (values.kind === "image") return holdPictures(file, values.answers);
  if (values.kind === "text") return holdTexts(file, values.text, values.answers, choice);
  if (values.stream) return streamUserTable(file, choice);
  return holdTable(await openTableFile(file, choice), values.answers);
}

function wantedWay({ recommended, ways }: Preparation, name: string | undefined): ReuserName {
  if (name === undefined) return recommended;
  const found = ways.find((way) => way.name === name);
  if (!found) {
    const names = ways.map((way) => way.name).join(", ");
    throw new EngineError("bad_parameter", `--way is one of ${names}; got "${name}"`);
  }
  if (found.lacks === null) return found.name;
  const needs = found.lacks.replace("_", " ").replace("labels", "known answers (--answers COLUMN)");
  throw new AppError("bad_input", `the way "${name}" cannot be used here: it needs ${needs}`);
}

interface Done {
  readonly run: ReuseRun;
  readonly reused: Reused;
  readonly verdict: Verdict;
  readonly things: Things;
  readonly sentence: string;
  readonly columns: UserTable["columns"];
}

function warn(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
}

function tell({ reused: { reuse }, sentence }: Done, out: string): void {
  const say = out === "-" ? console.error : console.log;
  say(sentence);
  const why = whyRecommended(reuse.preparation);
  if (why !== null) say(why);
  if (reuse.ranges) say(heldByRanges(reuse.ranges));
  const rows = tableOf(reuse.preparation.ways, reuse.way);
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  for (const row of rows) {
    say(
      row
        .map((cell, c) => cell.padEnd(widths[c]!))
        .join("  ")
        .trimEnd(),
    );
  }
}

/** The members of an offer that could be used. */
function usedBy({ offer }: ReuseRun, { reuse: { preparation } }: Reused): OfferMember<OfferCard>[] {
  return offer.members.filter(({ card }) => preparation.learnwares.includes(card.id));
}

function namesOf({ offer }: ReuseRun, { reuse: { preparation } }: Reused): string[] {
  const names = new Map(offer.members.map(({ card }) => [card.id, card.name]));
  return preparation.learnwares.map((id) => names.get(id) ?? id);
}

function asJson({ run, reused, verdict, things, sentence, columns }: Done, out: string) {
  const { preparation, account, way, predictions } = reused.reuse;
  const names = namesOf(run, reused);
  return {
    ...{ out, rows: run.rows, verdict, way, account },
    island: run.island.id,
    features: { found: verdict.compared.found, of: verdict.compared.total },
    matches: run.matches.map(({ feature, column, values }) => ({
      ...{ feature, column: column === null ? null : columns[column]!.name, values },
    })),
    fit: run.offer.fit,
    recommendedOffer: run.offer.recommended,
    target: predictions.target,
    sentence,
    recommended: preparation.recommended,
    basis: preparation.basis,
    reason: preparation.reason,
    judgedBy: preparation.judgedBy,
    ranges: reused.reuse.ranges,
    ways: preparation.ways,
    learnwares: preparation.learnwares.map((id, m) => {
      const member = run.offer.members.find(({ card }) => card.id === id);
      return {
        ...{ id, name: names[m], share: preparation.shares[m] },
        description: member?.card.description,
        sameRows: member?.sameRows,
      };
    }),
    leftOut: reused.leftOut.map((one) => ({
      id: one.id,
      code: one.code,
      message: whyLeftOut(one, things),
    })),
  };
}
