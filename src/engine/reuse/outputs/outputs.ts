import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";
import { fillWithMeans } from "./fill-means";
import { type ClassForm, recogniseForm, toProbabilities } from "./probabilities";

/** What one learnware's model answers for the rows, as it came. */
export interface RawOutput {
  readonly id: string;
  /** Shape [n, c]: numbers, or one column per label. */
  readonly values: Matrix;
  /** Names of the classes in the order of the columns; null if the model predicts numbers. */
  readonly labels: readonly string[] | null;
  /** Of a classifier's columns; told from `values` if left out. */
  readonly form?: ClassForm;
}

/** The answers of m learnwares for the same n rows, brought to one shape. */
export type Outputs = NumberOutputs | ClassOutputs;

interface NumberOutputs {
  readonly task: "regression";
  readonly rows: number;
  /** Per learnware: shape [n, c], finite; column k of all of them means the same. */
  readonly values: readonly Matrix<Float64Array>[];
}

interface ClassOutputs {
  readonly task: "classification";
  readonly rows: number;
  readonly labels: readonly string[];
  /** Per learnware: shape [n, labels]; rows sum to 1. */
  readonly values: readonly Matrix<Float64Array>[];
}

/**
 * Bring the answers of several learnwares to one shape: logits become probabilities, classes are matched by name,
 * and what is not finite becomes the mean of its column.
 *
 * A class that a learnware does not know has probability 0 there. Cost is O(m · n · labels).
 *
 * @param raw - One or more, all of n rows.
 * @param known - Classes that come first, whether or not a learnware knows them.
 * @throws EngineError `bad_parameter` without a learnware, or if numbers and classes are mixed.
 * @throws EngineError `shape_mismatch` if rows, numbers per row, or columns and labels disagree.
 * @throws EngineError `bad_model` with `learnware` if a column of one has no finite number.
 */
export function alignOutputs(raw: readonly RawOutput[], known: readonly string[] = []): Outputs {
  const first = raw[0];
  if (!first) throw new EngineError("bad_parameter", "there is no learnware to reuse");
  const rows = first.values.rows;
  for (const output of raw) check(output, first);
  const finite = raw.map(finiteValues);
  if (!first.labels) return { task: "regression", rows, values: finite };
  const labels = [...new Set([...known, ...raw.flatMap((output) => output.labels ?? [])])];
  const values = raw.map(({ labels: own, form }, m) => {
    const probabilities = toProbabilities(finite[m]!, form ?? recogniseForm(finite[m]!));
    return matchLabels(probabilities, own!, labels);
  });
  return { task: "classification", rows, labels, values };
}

/**
 * Columns in the order of `labels`, 0 where `own` does not have one.
 *
 * @param matrix - Shape [n, own].
 * @returns Shape [n, labels].
 */
function matchLabels(
  { data, rows }: Matrix,
  own: readonly string[],
  labels: readonly string[],
): Matrix<Float64Array> {
  const cols = labels.length;
  const matched = new Float64Array(rows * cols);
  own.forEach((label, k) => {
    const column = labels.indexOf(label);
    for (let i = 0; i < rows; i++) matched[i * cols + column]! += data[i * own.length + k]!;
  });
  return { data: matched, rows, cols };
}

function check(output: RawOutput, first: RawOutput): void {
  const { values, labels } = output;
  if ((labels === null) !== (first.labels === null)) {
    throw new EngineError("bad_parameter", "numbers and classes cannot be reused together");
  }
  const cols = labels ? labels.length : first.values.cols;
  if (values.rows !== first.values.rows || values.cols !== cols) {
    throw new EngineError(
      "shape_mismatch",
      `learnware ${output.id} answers [${values.rows}, ${values.cols}], not [${first.values.rows}, ${cols}]`,
    );
  }
}

function finiteValues({ id, values }: RawOutput): Matrix<Float64Array> {
  try {
    return fillWithMeans(values);
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    const details = { learnware: id };
    throw new EngineError("bad_model", `learnware ${id}: ${cause.message}`, details, { cause });
  }
}
