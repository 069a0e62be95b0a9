import { EngineError } from "../../ground/errors";
import { categoryKey } from "../../kinds/table/space/encode";
import type { Target } from "../../learner/target";
import { sampleIndices, seededRandom } from "../../ground/random";
import type { Column } from "../../kinds/table/columns/column";

/** Rows of a table whose answer the user knows. */
export type Answers = NumberAnswers | ClassAnswers;

interface NumberAnswers {
  readonly task: "regression";
  /** Shape [k], increasing: which rows. */
  readonly rows: Int32Array;
  /** Shape [k], finite. */
  readonly values: Float64Array;
}

interface ClassAnswers {
  readonly task: "classification";
  /** Shape [k], increasing: which rows. */
  readonly rows: Int32Array;
  /** Shape [k]: indices of `labels`. */
  readonly codes: Int32Array;
  /** As they are written in the table. */
  readonly labels: readonly string[];
}

/**
 * The answers that a column holds; rows in which it is empty are left out. Cost is O(rows).
 *
 * @throws EngineError `bad_parameter` if numbers are wanted of a column without any, or classes of one with too many
 *   different values.
 */
export function readAnswers(column: Column, task: Answers["task"]): Answers {
  const { name, codes, categories } = column;
  if (task === "regression") {
    const numbers = column.numbers ?? parsed(column);
    const rows = rowsWhere(numbers, Number.isFinite);
    return { task, rows, values: Float64Array.from(rows, (row) => numbers[row]!) };
  }
  if (!codes) {
    const message = `column "${name}" has too many different values to be classes`;
    throw new EngineError("bad_parameter", message, { column: name });
  }
  const rows = rowsWhere(codes, (code) => code >= 0);
  return { task, rows, codes: Int32Array.from(rows, (row) => codes[row]!), labels: categories };
}

/** At most `count` of the answers, the same ones every time. */
export function someAnswers(answers: Answers, count: number): Answers {
  if (answers.rows.length <= count) return answers;
  const kept = sampleIndices(answers.rows.length, count, seededRandom(1)).sort();
  const rows = Int32Array.from(kept, (i) => answers.rows[i]!);
  return answers.task === "regression"
    ? { ...answers, rows, values: Float64Array.from(kept, (i) => answers.values[i]!) }
    : { ...answers, rows, codes: Int32Array.from(kept, (i) => answers.codes[i]!) };
}

/** Class names under one spelling each: case, spaces and separators do not count, nor does ".0" after a number. */
export class ClassNames {
  readonly #codes = new Map<string, number>();
  readonly #names: string[] = [];

  /** One name for each code, in the order in which they came. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** The code of a class, a new one if none is written like it. */
  codeOf(name: string): number {
    const key = classKey(name);
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    this.#codes.set(key, this.#names.length);
    return this.#names.push(name) - 1;
  }

  /** The name under which a class is known here. */
  nameOf(name: string): string {
    return this.#names[this.codeOf(name)]!;
  }
}

/** Answers as a learner takes them. Classes that no learnware knows are added to the names. */
export function targetOf(answers: Answers, classes: ClassNames): Target {
  if (answers.task === "regression") return { task: "regression", values: answers.values };
  const { codes, labels } = answers;
  const found = new Map<number, number>();
  for (const code of codes) {
    if (!found.has(code)) found.set(code, classes.codeOf(labels[code]!));
  }
  return {
    task: "classification",
    codes: codes.map((code) => found.get(code)!),
    classes: classes.names.length,
  };
}

/** Tables with empty cells come with 5.0 for 5. */
function classKey(name: string): string {
  const key = categoryKey(name);
  return /^-?\d+\.0+$/.test(key) ? key.slice(0, key.indexOf(".")) : key;
}

function parsed({ name, codes, categories }: Column): Float64Array {
  const numbers = categories.map((text) => (text.trim() === "" ? NaN : Number(text)));
  if (!codes || !numbers.some(Number.isFinite)) {
    const message = `column "${name}" does not hold numbers`;
    throw new EngineError("bad_parameter", message, { column: name });
  }
  return Float64Array.from(codes, (code) => (code < 0 ? NaN : numbers[code]!));
}

function rowsWhere(
  cells: Float64Array | Int32Array,
  isKnown: (cell: number) => boolean,
): Int32Array {
  const rows = new Int32Array(cells.length);
  let count = 0;
  cells.forEach((cell, row) => {
    if (isKnown(cell)) rows[count++] = row;
  });
  return rows.slice(0, count);
}
