import { AppError } from "../../contracts/outcome";
import type { OwnReport } from "../../contracts/workers/own-plan";
import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { Task } from "../../engine/ground/task";
import type { LeftOutReason } from "../../engine/kinds/table/own/own-inputs";
import { columnNamed, inputColumns } from "../../engine/kinds/table/own/own-inputs";
import type { OpenTable } from "../../engine/kinds/table/read/index";
import { predictionColumns } from "../../engine/reuse/predict/prediction-columns";
import { predictOwn, type TrainedOwn, trainOwn } from "../../workflows/own/train-own";
import { isUseless } from "../../workflows/own/own-figures";
import { otherUnits, readBy, readingOfTrained } from "../../workflows/own/reading";
import { bundleTrained } from "../../workflows/own/bundle-trained";
import { machineSecret } from "../machine-secret";
import { oneOf } from "../options";
import { openOutput } from "../output";
import { openCompute } from "../threads/open-compute";
import { readChoice, type ReadValues } from "../read-options";
import { openTableFile } from "../read-table-file";
import { exportWay, SCRIPTS } from "./export-way";
import { requireEmpty } from "./only-empty";
import { warningsOf } from "./warnings";
import { writerOf } from "../../library/user-table";
import { formatOf, writePredictions } from "./write-predictions";

export const OWN_USAGE = `with --own, a model of one's own is trained on the rows of FILE in which --target COLUMN is filled:
  --task TASK        regression or classification (default: as the column looks)
  --without A,B,…    columns that it is not to learn from
  --model KIND       trees, linear or auto (default: whichever is better on rows it has not seen)
  --on OTHER         predict the rows of another file with such columns instead; what is said of how cells
                     are read holds for it too, and what it leaves open is read as in FILE
  --export DIR       also write the model, scripts that run it, and a learnware
  --seed N           repeats the random choices of training (default 0)`;

export const ownOptions = {
  task: { type: "string" },
  without: { type: "string" },
  on: { type: "string" },
  model: { type: "string", default: "auto" },
  seed: { type: "string", default: "0" },
} as const;

interface Values extends ReadValues {
  readonly target?: string | undefined;
  readonly task?: string | undefined;
  readonly without?: string | undefined;
  readonly on?: string | undefined;
  readonly model: string;
  readonly seed: string;
  readonly "fill-empty": boolean;
  readonly "only-empty": boolean;
  readonly out: string;
  readonly json: boolean;
  readonly with?: readonly string[] | undefined;
  readonly dock?: string | undefined;
  readonly stream: boolean;
  readonly export?: string | undefined;
}

/** `berth predict --own`: no learnware, no dock; what is predicted with is learned here. */
export async function predictByOwn(file: string, values: Values): Promise<void> {
  if (values.target === undefined) {
    throw new EngineError("bad_parameter", "--own needs --target COLUMN: what is to be filled in?");
  }
  for (const other of ["with", "dock", "stream"] as const) {
    if (values[other] === undefined || values[other] === false) continue;
    throw new AppError("bad_input", `--own cannot be used with --${other}`);
  }
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) {
    throw new EngineError("bad_parameter", `--seed is a whole number; got "${values.seed}"`);
  }
  const kind = oneOf("--model", values.model, ["auto", "trees", "linear"] as const);
  const output = await openOutput(values.out);
  try {
    const open = await openTableFile(file, readChoice(values));
    const { read } = open;
    for (const line of warningsOf(read.profile)) console.error(line);
    const without = values.without?.split(",") ?? [];
    const strange = without.find((name) => !read.table.columns.some((one) => one.name === name));
    if (strange !== undefined) {
      throw new EngineError("bad_parameter", `the table has no column "${strange}"`);
    }
    const only = values["only-empty"];
    if (only && values.on === undefined) requireEmptyOf(read, values.target, file);
    const trained = await finish(
      trainOwn(read.table, {
        ...{ target: values.target, without, seed },
        task: values.task === undefined ? null : oneOf("--task", values.task, Task.options),
        ...(kind !== "auto" && { kinds: [kind] }),
      }),
    );
    const kept = readBy(trained.model, read.profile);
    const other = values.on === undefined ? null : await openOther(values.on, trained, kept);
    const predictions = other ? predictOwn(trained.model, other.read.table) : trained.predictions;
    const written = other ?? open;
    const format = formatOf(values.out, written.read);
    const write = writerOf(written);
    const answers = written.read.table.columns.findIndex(({ name }) => name === values.target);
    const fills = values["fill-empty"] && answers >= 0 ? answers : null;
    if (values["fill-empty"] && fills === null)
      console.error(`${values.on ?? file}: no column "${values.target}" to fill in; predictions stand beside`); // prettier-ignore
    const onlyEmpty = only ? requireEmptyOf(written.read, values.target, values.on ?? file) : null;
    const columns = predictionColumns(predictions, null, fills, true);
    await writePredictions(output, { write }, columns, { format, onlyEmpty });
    if (values.export !== undefined) await exportTrained(values.export, trained, kept);
    await output.finish();
    const say = values.out === "-" ? console.error : console.log;
    if (values.json) say(JSON.stringify(asJson(trained, values.out)));
    else for (const line of aboutOwn(trained, values)) say(line);
  } finally {
    await output.abandon();
  }
}

/** @throws EngineError `bad_parameter` if a table has no such column, or one that is empty in no row. */
function requireEmptyOf(
  { table, profile }: OpenTable["read"],
  target: string,
  path: string,
): number {
  const column = table.columns.findIndex(({ name }) => name === target);
  if (column >= 0) return requireEmpty(profile, column);
  const message = `--only-empty: ${path} has no column "${target}"; without this option all of its rows are written`;
  throw new EngineError("bad_parameter", message, { column: target });
}

type KeptReading = ReturnType<typeof readBy>;

/** Read as the table was that the model learned from; what is odd about it is said. */
async function openOther(
  path: string,
  { model }: TrainedOwn,
  kept: KeptReading,
): Promise<OpenTable> {
  const other = await openTableFile(path, readingOfTrained(kept));
  const { profile, table } = other.read;
  for (const line of warningsOf(profile)) console.error(`${path}: ${line}`);
  const taken = inputColumns(model.inputs);
  const lacking = taken.filter((name) => !columnNamed(table.columns, name));
  if (lacking.length === taken.length) {
    const message = `${path} has none of the columns that the model learned from: ${taken.join(", ")}`;
    throw new EngineError("bad_parameter", message);
  }
  for (const name of lacking) console.error(`${path}: no column "${name}"; it counts as not known`);
  for (const { name, here, learned } of otherUnits(kept.read, profile.columns)) {
    console.error(
      `${path}: "${name}" has ${here ?? "no unit"}, and ${learned ?? "no unit"} in the rows learned from; nothing is converted`,
    );
  }
  return other;
}

async function exportTrained(
  directory: string,
  { model, report, sample }: TrainedOwn,
  kept: KeptReading,
): Promise<void> {
  const compute = await openCompute();
  try {
    const sentence = `${model.target}: ${learnedFrom(report)}; ${figuresOf(report.figures)}.`;
    const words = { language: "en", sentence } as const;
    const tools = { compute, secret: machineSecret(), scripts: SCRIPTS };
    const of = { model, report, ...kept };
    await exportWay(directory, await finish(bundleTrained(of, sample, words, tools)));
  } finally {
    compute.dispose();
  }
}

function asJson({ model, report }: TrainedOwn, out: string) {
  const { target, labels } = model;
  return { out, way: "own_model", target, labels, ...report, useless: isUseless(report.figures) };
}

const MOST_TOLD = 8;

const reasons: Record<LeftOutReason, string> = {
  identifier: "it tells rows apart",
  text: "it is free text",
  constant: "it always says the same",
  unasked: "as asked",
  answered: "it is filled only where the answer is known",
  too_many: "there are too many columns",
};

/** Why a column is not learned from. */
function whyNotLearned({ column, why }: OwnReport["leftOut"][number]): string {
  return `not learned from: "${column}", ${reasons[why]}`;
}

function learnedFrom({ task, kind, answers }: OwnReport): string {
  const model = kind === "trees" ? "boosted trees" : task === "regression" ? "ridge regression" : "logistic regression"; // prettier-ignore
  return `${model} learned from ${answers} rows with an answer`;
}

function aboutOwn(
  { model, report }: TrainedOwn,
  { out, on, "only-empty": only }: Pick<Values, "out" | "on" | "only-empty">,
): string[] {
  const { target, labels } = model;
  const { task, wanted, lonely, figures, importances, leaks, leftOut } = report;
  const what = task === "regression" ? "numbers" : `classes (${labels.slice(0, 5).join(", ")}${labels.length > 5 ? ", …" : ""})`; // prettier-ignore
  const places = wanted > 0 ? `, and predicts the ${wanted} without` : "";
  const told = importances.filter(({ share }) => share >= 0.005).slice(0, MOST_TOLD);
  return [
    `${target} is predicted as ${what}; --task ${task === "regression" ? "classification" : "regression"} for the other`,
    `${learnedFrom(report)}${places}`,
    figuresOf(figures),
    ...aboutClasses(report, labels),
    ...(isUseless(figures) ? ["caution: no better than the trivial answer: do not rely on these predictions"] : []), // prettier-ignore
    ...(told.length > 0 ? [`what counted: ${told.map(({ column, share }) => `${column} ${(100 * share).toFixed(0)} %`).join(", ")}`] : []), // prettier-ignore
    ...leaks.map(
      (column) =>
        `caution: "${column}" alone tells ${target} almost perfectly. If it is not known beforehand, leave it out: --without "${column}"`,
    ),
    ...(lonely > 0 ? [`rows whose answer occurs only once were not learned from: ${lonely}`] : []),
    ...leftOut.map(whyNotLearned),
    only
      ? `${out}: the rows${on === undefined ? "" : ` of ${on}`} in which ${target} is empty`
      : on === undefined
        ? `${out}: every row has a prediction; where the answer is known it is by a model that had not seen the row`
        : `${out}: the rows of ${on}`,
  ];
}

/** How well classes are told, the most frequent first. */
function aboutClasses({ classes }: OwnReport, labels: readonly string[]): string[] {
  if (!classes) return [];
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const codes = [...classes.counts.keys()].sort(
    (a, b) => classes.counts[b]!.rows - classes.counts[a]!.rows,
  );
  const each = codes.slice(0, MOST_TOLD).map((code) => {
    const { rows, said, right } = classes.counts[code]!;
    const when = said > 0 ? `right in ${percent(right, said)} when said` : "never said";
    return `  ${labels[code]!}: found ${percent(right, rows)} of ${rows}, ${when}`;
  });
  const auc = classes.auc === null ? [] : [`AUC ${classes.auc.toFixed(3)}`];
  return [...auc, ...each];
}

function figuresOf({ measure, value, interval, trivial, rows }: OwnReport["figures"]): string {
  const on = `on ${rows} rows it had not seen (95 %: ${shown(measure, interval[0])} to ${shown(measure, interval[1])})`;
  return measure === "rmse"
    ? `off by ${shown(measure, value)} (rmse) ${on}; always saying the mean: ${shown(measure, trivial)}`
    : `right in ${shown(measure, value)} ${on}; always saying the most frequent: ${shown(measure, trivial)}`;
}

function shown(measure: OwnReport["figures"]["measure"], value: number): string {
  return measure === "rmse"
    ? String(Number(value.toPrecision(4)))
    : `${(100 * value).toFixed(1)} %`;
}
