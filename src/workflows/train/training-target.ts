import type { Task } from "../../engine/ground/task";
import { EngineError } from "../../engine/ground/errors";
import type { Target } from "../../engine/learner/target";
import type { Table } from "../../engine/kinds/table/columns/column";

/** What a model is to predict, and the rows in which it is known. */
export interface TrainingTarget {
  readonly target: Target;
  /** Names of the classes in the order of their codes; empty for regression. */
  readonly labels: readonly string[];
  /** Rows of the table with a target, in order; `target` has one value for each. */
  readonly rows: Int32Array;
}

/** Models calculate in single precision. */
export const LARGEST_ANSWER = 1e37;

export interface TargetPlan {
  readonly column: string;
  /** Left out: classification for categories, booleans and texts of few values, else regression. */
  readonly task?: Task;
  /** Class names to use instead of the values in the table. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Take the target out of a table; rows where it is missing are left out.
 *
 * @throws EngineError `bad_parameter` if the column is not there or cannot be predicted.
 * @throws EngineError `no_usable_rows` if it has no values, or only one class.
 */
export function trainingTarget(
  table: Table,
  { column: name, task, labels = {} }: TargetPlan,
): TrainingTarget {
  const column = table.columns.find((one) => one.name === name);
  if (!column) throw new EngineError("bad_parameter", `there is no column "${name}"`);
  const { numbers, codes, categories } = column;
  const isNumeric = numbers !== null && (column.type === "number" || column.type === "integer");
  if (task === "regression" || (task === undefined && isNumeric)) {
    if (!numbers) throw new EngineError("bad_parameter", `column "${name}" does not hold numbers`);
    const rows = rowsWhere(table.rows, (row) => Number.isFinite(numbers[row]));
    if (rows.length < 2) throw new EngineError("no_usable_rows", `column "${name}" has no numbers`);
    const values = Float64Array.from(rows, (row) => numbers[row]!);
    return { target: { task: "regression", values }, labels: [], rows };
  }
  if (!codes) {
    throw new EngineError(
      "bad_parameter",
      `column "${name}" has too many different values for classes`,
    );
  }
  const rows = rowsWhere(table.rows, (row) => codes[row]! >= 0);
  const present = [...new Set(Array.from(rows, (row) => codes[row]!))];
  present.sort((a, b) => (categories[a]! < categories[b]! ? -1 : 1));
  if (present.length < 2) {
    throw new EngineError("no_usable_rows", `column "${name}" has fewer than two classes`);
  }
  const rank = new Map(present.map((code, i) => [code, i]));
  return {
    target: {
      task: "classification",
      codes: Int32Array.from(rows, (row) => rank.get(codes[row]!)!),
      classes: present.length,
    },
    labels: present.map((code) => labels[categories[code]!] ?? categories[code]!),
    rows,
  };
}

function rowsWhere(count: number, keep: (row: number) => boolean): Int32Array {
  return Int32Array.from(Array.from({ length: count }, (_, row) => row).filter((row) => keep(row)));
}
