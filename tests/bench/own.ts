import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";

import { sourceOfFile } from "../../src/cli/read-table-file";
import { finish } from "../../src/engine/ground/finish";
import { sampleIndices, seededRandom } from "../../src/engine/ground/random";
import type { Task } from "../../src/engine/ground/task";
import type { Column, Table } from "../../src/engine/kinds/table/columns/column";
import { openAnyTable } from "../../src/engine/kinds/table/read/every-format";
import { stratifiedFolds } from "../../src/engine/learner/folds";
import { inputColumns } from "../../src/engine/kinds/table/own/own-inputs";
import { trainOwn } from "../../src/workflows/own/train-own";
import type { Figure } from "./report";

const FOLDS = 5;
const QUICK_ROWS = 1000;
/** What scikit-learn's models are run by. */
const REFERENCE = join(import.meta.dirname, "own-reference.py");

interface Subject {
  readonly name: string;
  readonly path: string;
  readonly target: string;
  readonly task: Task;
}

/** Per table: losses on rows that were held out, all of them once. */
interface Losses {
  readonly own: number;
  /** Of scikit-learn's boosted trees and of its ridge or logistic regression, on the same folds; none where Python lacks it. */
  readonly trees?: number;
  readonly linear?: number;
}

/**
 * A model of one's own on every small table with a target, in five folds: root mean squared error, or the share of wrong
 * answers, beside scikit-learn's HistGradientBoosting and ridge or logistic regression on the same folds and columns.
 *
 * @param directory - Of tables and an INDEX.csv (name, target, task), or what holds it as uci/.
 */
export async function benchOwn(directory: string, quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  const relative: number[] = [];
  const ranks: number[] = [];
  for (const subject of subjectsIn(directory)) {
    const { table } = (await finish(openAnyTable(sourceOfFile(subject.path), subject.path))).read;
    if (quick && table.rows > QUICK_ROWS) continue;
    const { own, trees, linear } = await lossesOf(table, subject);
    const measure = subject.task === "regression" ? "rmse" : "share wrong";
    const figure = (unit: string, baseline?: number): Figure => ({
      ...{ suite: "own", case: subject.name, metric: measure, unit, value: own },
      ...(baseline !== undefined && { baseline }),
    });
    if (trees === undefined || linear === undefined) {
      figures.push(figure(""));
      continue;
    }
    figures.push(figure("against boosted trees", trees), figure("against a linear model", linear));
    relative.push(own / Math.max(1e-9, Math.min(trees, linear)));
    ranks.push(1 + Number(trees < own) + Number(linear < own));
    console.log(
      `${subject.name}: ${own.toPrecision(4)}, ${trees.toPrecision(4)}, ${linear.toPrecision(4)}`,
    );
  }
  if (relative.length === 0) return figures;
  const all = { suite: "own", case: "all", unit: "" } as const;
  const mean = relative.reduce((sum, one) => sum + one, 0) / relative.length;
  return [
    ...figures,
    { ...all, metric: "median rank of 3", value: median(ranks) },
    { ...all, metric: "mean loss against the better", value: mean },
    { ...all, metric: "median loss against the better", value: median(relative) },
  ];
}

function subjectsIn(directory: string): Subject[] {
  const folder = existsSync(join(directory, "INDEX.csv")) ? directory : join(directory, "uci");
  const index = readFileSync(join(folder, "INDEX.csv"), "utf8");
  const { data } = Papa.parse<Record<string, string>>(index, {
    header: true,
    skipEmptyLines: true,
  });
  return data.flatMap(({ name = "", target = "", task = "" }) => {
    const path = join(folder, `${name}.csv`);
    const isSubject = existsSync(path) && (task === "regression" || task === "classification");
    return isSubject ? [{ name, path, target, task }] : [];
  });
}

async function lossesOf(table: Table, subject: Subject): Promise<Losses> {
  const target = table.columns.find(({ name }) => name === subject.target);
  if (!target) throw new Error(`${subject.name} has no column ${subject.target}`);
  const folds = foldsOf(table, target, subject.task);
  let [sum, count] = [0, 0];
  let columns: readonly string[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = [...folds.keys()].filter((row) => folds[row] === fold);
    const asked = { target: subject.target, task: subject.task, without: [], seed: fold };
    const { predictions, model } = await finish(trainOwn(withBlanks(table, target, held), asked));
    columns = inputColumns(model.inputs);
    for (const row of held) {
      const said = predictions.values[row]!;
      if (predictions.task === "regression") sum += (said - target.numbers![row]!) ** 2;
      else sum += Number(predictions.labels[said] !== target.categories[target.codes![row]!]);
      count++;
    }
  }
  const own = subject.task === "regression" ? Math.sqrt(sum / count) : sum / count;
  return { own, ...referenceLosses(subject, folds, columns) };
}

/** Which fold each row is held out in, in random order with classes spread evenly; −1 of rows without an answer. */
function foldsOf({ rows }: Table, { numbers, codes }: Column, task: Task): Int32Array {
  const isKnown = (row: number) =>
    task === "regression" ? Number.isFinite(numbers![row]) : codes![row]! >= 0;
  const order = sampleIndices(rows, rows, seededRandom(7)).filter(isKnown);
  const dealt = stratifiedFolds(
    order.map((row) => (task === "regression" ? 0 : codes![row]!)),
    FOLDS,
  );
  const folds = new Int32Array(rows).fill(-1);
  order.forEach((row, at) => (folds[row] = dealt[at]!));
  return folds;
}

/** The table without some answers. */
function withBlanks(table: Table, target: Column, rows: readonly number[]): Table {
  const numbers = target.numbers && Float64Array.from(target.numbers);
  const codes = target.codes && Int32Array.from(target.codes);
  for (const row of rows) {
    if (numbers) numbers[row] = NaN;
    if (codes) codes[row] = -1;
  }
  const { name, type, categories } = target;
  const blank: Column = { name, type, categories, numbers, codes };
  return { ...table, columns: table.columns.map((one) => (one === target ? blank : one)) };
}

function referenceLosses(
  { path, target, task }: Subject,
  folds: Int32Array,
  columns: readonly string[],
): Pick<Losses, "trees" | "linear"> {
  const directory = mkdtempSync(join(tmpdir(), "berth-own-"));
  try {
    const job = join(directory, "job.json");
    writeFileSync(job, JSON.stringify({ path, target, task, columns, folds: [...folds] }));
    const { stdout, status } = spawnSync(python(), [REFERENCE, job], { encoding: "utf8" });
    return status === 0 ? (JSON.parse(stdout) as Pick<Losses, "trees" | "linear">) : {};
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** One that has scikit-learn, where there is any. */
function python(): string {
  const programs = [process.env["BERTH_PYTHON"] ?? "", "python3", "/usr/bin/python3"];
  const has = (program: string) =>
    program !== "" && spawnSync(program, ["-c", "import sklearn, pandas"]).status === 0;
  return programs.find(has) ?? "python3";
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
