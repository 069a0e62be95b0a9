import { parseArgs } from "node:util";

import { AppError } from "../contracts/outcome";
import type { Filling } from "../engine/kinds/table/fill/fill-in";
import { EngineError } from "../engine/ground/errors";
import type { Compute } from "../engine/specification/kernel/compute";
import { fitWay, predictRows } from "../engine/reuse/predict/predict-rows";
import { PredictionCollector } from "../engine/reuse/predict/prediction-collector";
import { predictionColumns } from "../engine/reuse/predict/prediction-columns";
import { type PreparedReuse, prepareReuse } from "../engine/reuse/predict/prepare-reuse";
import type { Account, ReuserName } from "../engine/reuse/reuser";
import { wayFigures } from "../engine/reuse/figures/way-figures";
import type { ModelPool } from "../runtime/models/model-pool";
import { openCompute } from "./threads/open-compute";
import { openModels } from "./threads/open-models";
import { required } from "./options";
import { exportWay } from "./predict/export-way";
import { findLearnwares, type FoundLearnwares } from "./predict/find-learnwares";
import { openDock, type OpenDock } from "./predict/open-dock";
import { requestReuse, type TableReuse } from "./predict/request-reuse";
import { sentenceOf, tableOf } from "./predict/tell";
import { holdTable, streamUserTable } from "./predict/user-table";
import { writePredictions } from "./predict/write-predictions";
import { finish } from "../engine/ground/finish";

const usage = `berth predict FILE (--with LEARNWARE.zip… | --dock URL|DIR) [options]

Writes FILE again with predictions at the right, made by the learnwares that suit its rows.

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
  --out FILE         default: predictions.csv; "-" is standard output
  --export DIR       also write what was built: a model, a learnware, and scripts that run it
  --stream           read FILE block by block, whatever its size; not with --answers
  --json             tell what was done as JSON`;

const options = {
  with: { type: "string", multiple: true },
  dock: { type: "string" },
  island: { type: "string" },
  target: { type: "string" },
  fill: { type: "string", default: "lines" },
  answers: { type: "string" },
  way: { type: "string" },
  out: { type: "string", default: "predictions.csv" },
  export: { type: "string" },
  stream: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

/** `berth predict`: a table in, the table with predictions out. */
export async function predict(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help) {
    console.log(usage);
    return;
  }
  const file = required(positionals[0], usage);
  if (!values.with && values.dock === undefined) throw new EngineError("bad_parameter", usage);
  if (values.stream && values.answers !== undefined) {
    const message = "--stream cannot be used with --answers: these rows have to be held";
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
    await predictFile(file, values, { dock, compute, pool, filling: fill });
  } finally {
    pool.dispose();
    compute.dispose();
    dock?.close();
  }
}

interface Parts {
  readonly dock: OpenDock | null;
  readonly compute: Compute;
  readonly pool: ModelPool;
  readonly filling: Filling;
}

async function predictFile(file: string, values: Values, parts: Parts): Promise<void> {
  const table = values.stream ? await streamUserTable(file) : await holdTable(file, values.answers);
  const found = await findLearnwares(parts.dock?.dock ?? null, parts.compute, table, {
    zips: values.with ?? [],
    island: values.island,
    target: values.target,
  });
  const reuse = await requestReuse(table, found, parts);
  if (values.export !== undefined && reuse.fillsIn) {
    const message =
      "--export cannot write down what fills in features that the table lacks; leave it out, or give all features";
    throw new AppError("not_exportable", message, { reason: "lacking_features" });
  }
  const prepared = await finish(prepareReuse(reuse.request, reuse.failed));
  const way = await finish(fitWay(prepared, wantedWay(prepared, values.way)));
  const collector = new PredictionCollector(reuse.about, table.rows);
  const predicted = await finish(predictRows(way, table.rows, (block) => collector.take(block)));
  const predictions = collector.finish(predicted.way.prepared.classes.names);
  await writePredictions(values.out, table, predictionColumns(predictions));
  if (values.export !== undefined) {
    const names = namesOf(reuse, predicted.way.prepared);
    const sentence = sentenceOf(predicted.account, names);
    const built = { way: predicted.way, reuse, table, found, sentence };
    await exportWay(values.export, built);
  }
  const done = { found, reuse, prepared: predicted.way.prepared, account: predicted.account };
  const name = predicted.way.reuser.name;
  if (values.json) console.log(JSON.stringify(asJson(done, name, table.rows, values.out)));
  else tell(done, name, values.out);
}

function wantedWay({ choice }: PreparedReuse, name: string | undefined): ReuserName {
  if (name === undefined) return choice.recommended.name;
  const found = choice.table.find(({ reuser }) => reuser.name === name);
  if (!found) {
    const names = choice.table.map(({ reuser }) => reuser.name).join(", ");
    throw new EngineError("bad_parameter", `--way is one of ${names}; got "${name}"`);
  }
  if (found.lacks === null) return found.reuser.name;
  const needs = found.lacks.replace("_", " ").replace("labels", "known answers (--answers COLUMN)");
  throw new AppError("bad_input", `the way "${name}" cannot be used here: it needs ${needs}`);
}

interface Done {
  readonly found: FoundLearnwares;
  readonly reuse: TableReuse;
  readonly prepared: PreparedReuse;
  readonly account: Account;
}

function tell({ reuse, prepared, account }: Done, name: ReuserName, out: string): void {
  const say = out === "-" ? console.error : console.log;
  for (const { id, error } of prepared.failed) say(`left out: ${id}: ${error.message}`);
  say(sentenceOf(account, namesOf(reuse, prepared)));
  const rows = tableOf(prepared, name);
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

function namesOf({ names }: TableReuse, { learnwares }: PreparedReuse): string[] {
  return learnwares.map(({ id }) => names.get(id) ?? id);
}

function asJson(
  { found, reuse, prepared, account }: Done,
  way: ReuserName,
  rows: number,
  out: string,
) {
  const { choice, learnwares, failed, task } = prepared;
  const names = namesOf(reuse, prepared);
  return {
    ...{ out, rows, way, account },
    island: found.island.id,
    features: {
      found: found.matches.filter(({ column }) => column !== null).length,
      of: found.matches.length,
    },
    target: reuse.about.target,
    sentence: sentenceOf(account, names),
    recommended: choice.recommended.name,
    basis: choice.basis,
    ways: wayFigures(prepared),
    learnwares: learnwares.map(({ id }, m) => ({ id, name: names[m], share: task.shares[m] })),
    leftOut: failed.map(({ id, error: { code, message } }) => ({ id, code, message })),
  };
}
