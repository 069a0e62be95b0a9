/** @file A small sample of rows that everybody may see, and how good a model is on them. */

import { EngineError } from "../ground/errors";
import { finish } from "../ground/finish";
import { isOfTables, type Space } from "../kinds/space";
import { openTable } from "../kinds/table/read/index";
import type { ColumnType } from "../kinds/table/columns/column";
import { type ByteTools, sourceOfBytes } from "../kinds/table/read/source";
import { encodeRows } from "../kinds/table/space/encode";
import type { Target } from "../learner/target";
import type { HeldBackMetric } from "../learnware/manifest";
import { measure } from "./measure";
import { matrixInput, type ModelInput } from "../learnware/model-input";
import type { RunnableModel } from "../learnware/runnable-model";
import { type Found, warned } from "./check";
import type { Run } from "./run-findings";

/** Rows of a sample: enough to measure by, and few enough to be looked through before they are published. */
export const MOST_SAMPLE_ROWS = 1000;
/** Fewer say nothing. */
export const FEWEST_SAMPLE_ROWS = 10;
/** Standard errors by which two measurements may differ by chance. */
const CHANCE = 3;
/** What they may differ by beside that: parts of 1 of an accuracy, a share of an error. */
const SLACK = { accuracy: 0.05, error: 0.25 } as const;

/** Turns bytes into text. */
export type SampleDecoding = ByteTools["decoding"];

/** Rows as the model takes them, and their answers. */
export interface ReadSample {
  readonly inputs: readonly ModelInput[];
  readonly truth: Target;
}

/**
 * Read the sample that a learnware carries: CSV in UTF-8 with commas, whose columns are called as the model's features and what
 * it predicts are.
 *
 * @param space - In the learnware's own terms.
 * @throws EngineError `bad_package` if a column or an answer is missing, or there are too few or too many rows.
 */
export async function readSample(
  csv: string,
  space: Space,
  model: RunnableModel,
  decoding: SampleDecoding,
): Promise<ReadSample> {
  if (!isOfTables(space)) throw bad("is of tables: leave it out of models of other data");
  const { features, target, labels, task } = model;
  const types = new Map<string, ColumnType>(
    space.features.map(({ name, type }) => [name, type === "category" ? "category" : "number"]),
  );
  types.set(target, task === "regression" ? "number" : "category");
  const bytes = new TextEncoder().encode(csv);
  const gunzip = (): never => {
    throw bad("is packed: it has to be plain CSV");
  };
  const tools = { decoding, gunzip };
  const readAs = async (as: ReadonlyMap<string, ColumnType>) => {
    const how = {
      ...({ hasHeader: true, delimiter: ",", quote: '"', encoding: "utf-8" } as const),
      types: Object.fromEntries(as),
    };
    const opening = finish(openTable(sourceOfBytes(bytes, tools), "sample.csv", how));
    const open = await opening.catch((cause: unknown) => {
      throw cause instanceof EngineError ? bad(`cannot be read: ${cause.message}`) : cause;
    });
    return open.read.table;
  };
  const names = new Set((await readAs(new Map())).columns.map(({ name }) => name));
  const missing = [...features, target].find((name) => !names.has(name));
  if (missing !== undefined) throw bad(`has no column "${missing}"`);
  const table = await readAs(new Map([...types].filter(([name]) => names.has(name))));
  const { rows, columns } = table;
  if (rows < FEWEST_SAMPLE_ROWS || rows > MOST_SAMPLE_ROWS) {
    throw bad(`has ${rows} rows: it needs ${FEWEST_SAMPLE_ROWS} to ${MOST_SAMPLE_ROWS}`);
  }
  const placeOf = (name: string) => columns.findIndex((one) => one.name === name);
  const matches = features.map((feature) => ({ feature, column: placeOf(feature) }));
  const answers = columns[placeOf(target)]!;
  const matrix = encodeRows(table, space, matches, { features, scaled: false });
  const inputs = [matrixInput(model.input, matrix)];
  if (task === "regression") {
    const { numbers } = answers;
    if (!numbers?.every(Number.isFinite)) throw bad("has a row without an answer");
    return { inputs, truth: { task, values: numbers } };
  }
  const { codes, categories } = answers;
  const places = categories.map((one) => labels.indexOf(one));
  const known = Int32Array.from(codes ?? [], (code) => places[code] ?? -1);
  if (known.length !== rows || known.includes(-1)) {
    throw bad("has a row whose answer is none of the model's classes");
  }
  return { inputs, truth: { task, codes: known, classes: labels.length } };
}

/** How good the model is on the sample, and whether its maker told something else. */
export async function sampleFindings(
  { inputs, truth }: ReadSample,
  run: Run,
  declared: readonly HeldBackMetric[],
): Promise<{ readonly measured: readonly HeldBackMetric[]; readonly found: Found }> {
  const rows = truth.task === "regression" ? truth.values.length : truth.codes.length;
  const measured = measure(await run(inputs), truth, truth).map((one) => ({ ...one, rows }));
  const [metric] = measured;
  const details = { rows, ...(metric && { [metric.name]: metric.value }) };
  const said = declared.find(({ name }) => name === metric?.name);
  if (metric && said && disagree(metric, said)) {
    const message = `its maker declares ${said.name} ${said.value}, and on its public sample of ${rows} rows it is ${metric.value}`;
    const figures = { ...details, declared: said.value, measured: metric.value };
    return { measured, found: warned("disagrees", message, figures) };
  }
  return { measured, found: { state: "passed", code: "fine", message: null, details } };
}

/** Whether the two differ by more than rows that were drawn otherwise make them differ. */
function disagree(one: HeldBackMetric, other: HeldBackMetric): boolean {
  if (one.name === "accuracy") {
    const share = (one.value * one.rows + other.value * other.rows) / (one.rows + other.rows);
    const error = Math.sqrt(share * (1 - share) * (1 / one.rows + 1 / other.rows));
    return Math.abs(one.value - other.value) > SLACK.accuracy + CHANCE * error;
  }
  const error = Math.sqrt(1 / (2 * one.rows) + 1 / (2 * other.rows));
  const [least, most] = [Math.min(one.value, other.value), Math.max(one.value, other.value)];
  return most > least * (1 + SLACK.error) * Math.exp(CHANCE * error);
}

function bad(why: string): EngineError {
  return new EngineError("bad_package", `sample.csv ${why}`, { member: "sample.csv" });
}
