import type { NoOwnModel } from "../../contracts/workers/own-plan";
import { EngineError } from "../../engine/ground/errors";
import type { Task } from "../../engine/ground/task";
import type { Column, Table } from "../../engine/kinds/table/columns/column";
import { LARGEST_ANSWER, type TrainingTarget, trainingTarget } from "../train/training-target";

export interface OwnTarget extends TrainingTarget {
  /** Rows with an answer that no other row has: a class cannot be learned from one. */
  readonly lonely: number;
}

const LEAST_ANSWERS = 20;
/** Whole numbers of so few values are taken for classes. */
const MOST_NUMBERED_CLASSES = 5;
const MOST_CLASSES = 100;

/**
 * What is to be predicted, and the rows that tell it.
 *
 * @param task - Null: as the column's values look.
 * @throws EngineError `no_usable_rows` with a `reason` of `NoOwnModel`.
 */
export function ownTarget(table: Table, name: string, task: Task | null): OwnTarget {
  const column = table.columns.find((one) => one.name === name);
  if (!column) throw refusal("no_column", `there is no column "${name}"`, name);
  const meant = task ?? taskOf(column);
  const isHeld = meant === "regression" ? column.numbers !== null : column.codes !== null;
  if (!isHeld) {
    const message =
      meant === "regression"
        ? `column "${name}" does not hold numbers`
        : `column "${name}" has too many different values to be classes`;
    throw refusal("many_values", message, name);
  }
  const count = countOf(column, meant);
  if (count < LEAST_ANSWERS) {
    const message = `column "${name}" holds ${count} answers; at least ${LEAST_ANSWERS} are needed to learn from`;
    throw refusal("few_answers", message, name);
  }
  if (hasOneValue(column, meant)) {
    throw refusal("one_value", `all answers in "${name}" are the same: nothing to learn`, name);
  }
  const found = trainingTarget(table, { column: name, task: meant });
  if (found.target.task === "regression") {
    if (found.target.values.some((value) => Math.abs(value) > LARGEST_ANSWER)) {
      const message = `numbers in "${name}" are too large to be calculated with (above ${LARGEST_ANSWER})`;
      throw refusal("too_large", message, name);
    }
    return { ...found, lonely: 0 };
  }
  return withoutLonely(found, name);
}

/** Classes for words, yes and no, and few different whole numbers; else numbers. */
function taskOf({ type, numbers, codes, categories }: Column): Task {
  if (type === "date" || numbers === null) return "classification";
  if (type === "boolean") return "classification";
  if (type !== "integer" || codes === null) return "regression";
  const values = new Set(categories.map(Number));
  return values.size <= MOST_NUMBERED_CLASSES ? "classification" : "regression";
}

function countOf({ numbers, codes }: Column, task: Task): number {
  return task === "regression"
    ? numbers!.reduce((sum, value) => sum + Number(Number.isFinite(value)), 0)
    : codes!.reduce((sum, code) => sum + Number(code >= 0), 0);
}

function hasOneValue({ numbers, codes }: Column, task: Task): boolean {
  const values =
    task === "regression"
      ? numbers!.filter((value) => Number.isFinite(value))
      : codes!.filter((code) => code >= 0);
  return values.every((value) => value === values[0]);
}

function withoutLonely({ target, labels, rows }: TrainingTarget, name: string): OwnTarget {
  if (target.task === "regression") return { target, labels, rows, lonely: 0 };
  const counts = new Int32Array(target.classes);
  for (const code of target.codes) counts[code]!++;
  const kept = [...counts.keys()].filter((code) => counts[code]! > 1);
  const lonely = target.classes - kept.length;
  if (kept.length < 2 || lonely > rows.length / 2) {
    const message = `nearly every answer in "${name}" occurs only once: there is nothing to learn from`;
    throw refusal("single_rows", message, name);
  }
  if (kept.length > MOST_CLASSES) {
    const message = `column "${name}" has ${kept.length} different answers; at most ${MOST_CLASSES} can be told apart`;
    throw refusal("many_values", message, name);
  }
  const rank = new Map(kept.map((code, i) => [code, i]));
  const chosen = [...rows.keys()].filter((at) => rank.has(target.codes[at]!));
  return {
    target: {
      task: "classification",
      codes: Int32Array.from(chosen, (at) => rank.get(target.codes[at]!)!),
      classes: kept.length,
    },
    labels: kept.map((code) => labels[code]!),
    rows: Int32Array.from(chosen, (at) => rows[at]!),
    lonely,
  };
}

export function refusal(reason: NoOwnModel, message: string, column: string): EngineError {
  return new EngineError("no_usable_rows", message, { reason, column });
}
