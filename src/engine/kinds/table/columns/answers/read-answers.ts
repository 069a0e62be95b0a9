import { EngineError } from "../../../../ground/errors";
import type { Answers } from "../../../../learner/answers";
import type { Column } from "../column";

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
