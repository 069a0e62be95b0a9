import { categoryKey } from "../ground/category-key";
import { EngineError } from "../ground/errors";
import type { Matrix } from "../ground/matrix";
import type { OnnxValue } from "../learnware/onnx/onnx-codec";
import type { Answer } from "./adapt-plan";
import { type ForeignModel, outputNamed } from "./foreign-model";
import { inPythonOrder } from "./table-feeds";

export interface AnswerWish {
  /** The output to take; found out where left out. */
  readonly output?: string | undefined;
  /** Names of the classes in the order of the scores. */
  readonly labels?: readonly string[] | undefined;
  /** Whether scores are logits; told by their range where left out. */
  readonly isLogits?: boolean | undefined;
  /** Which of several numbers is the answer, from 0. */
  readonly pick?: number | undefined;
}

/** What is made of a model's answers, and what was assumed for it. */
export interface ChosenAnswer {
  readonly answer: Answer;
  /** Names of the classes, in the order of the scores; empty for a number. */
  readonly labels: readonly string[];
  readonly notes: readonly string[];
}

const FLOATS = new Set<OnnxValue["element"]>(["float32", "float64", "float16"]);
/** By how much probabilities may miss 1 together. */
const SLACK = 1e-3;

/** The output that is looked at first: scores, or numbers; labels where there is nothing else. */
export function likelyOutput(model: ForeignModel, wish: AnswerWish): OnnxValue {
  if (wish.output !== undefined) return outputNamed(model, wish.output);
  const { outputs } = model;
  const floats = outputs.filter(({ element }) => FLOATS.has(element));
  return floats.find(({ name }) => /prob|score/i.test(name)) ?? floats[0] ?? outputs[0]!;
}

/** Whether an output names a class rather than scoring each. */
export function givesLabels({ element }: OnnxValue): boolean {
  return !FLOATS.has(element);
}

/**
 * @param said - What the output gives of the rows; null for one that names classes.
 * @throws EngineError `bad_parameter` if it gives as many numbers as nothing can be made of.
 */
export function chooseNumber(output: string, said: Matrix, { pick }: AnswerWish): ChosenAnswer {
  if (pick === undefined && said.cols > 1) {
    const reason = `the output "${output}" gives ${said.cols} numbers of each row: say which of them is predicted with --pick 0 to ${said.cols - 1}`;
    throw new EngineError("bad_parameter", reason);
  }
  if (pick !== undefined && pick >= said.cols) {
    throw new EngineError("bad_parameter", `--pick is from 0 to ${said.cols - 1}`);
  }
  const answer = { form: "numbers", output, ...(pick !== undefined && { pick }) } as const;
  return { answer, labels: [], notes: [] };
}

/**
 * @param known - Classes of the table's answers.
 * @param said - What the output gives of the rows; null for one that names classes.
 * @throws EngineError `bad_parameter` if there are not as many classes as scores.
 */
export function chooseClasses(
  output: string,
  said: Matrix | null,
  model: ForeignModel,
  known: readonly string[],
  wish: AnswerWish,
): ChosenAnswer {
  const count = said === null ? null : said.cols === 1 ? 2 : said.cols;
  const { labels, notes } = chooseLabels(model, known, count, wish);
  if (said === null) {
    const note = `of labels alone: the class that is named gets 1, the others 0`;
    const said = namesSaid(model, output, labels);
    return { answer: { form: "labels", output, labels: said }, labels, notes: [...notes, note] };
  }
  if (count !== labels.length) {
    const reason = `the output "${output}" gives ${said.cols} scores of each row, but there are ${labels.length} classes (${labels.slice(0, 10).join(", ")}): name them in the order of the scores with --labels A,B,…`;
    throw new EngineError("bad_parameter", reason);
  }
  const isLogits = wish.isLogits ?? !areProbabilities(said);
  if (said.cols === 1) {
    const note = isLogits
      ? `one number, above 0 for "${labels[1]}": made two probabilities`
      : `one number, the probability of "${labels[1]}": made two`;
    const scale = isLogits ? "margin" : "second";
    return { answer: { form: "scores", output, scale }, labels, notes: [...notes, note] };
  }
  const scale = isLogits ? "logits" : "probabilities";
  const more = isLogits ? ["scores are no probabilities: a softmax was added"] : [];
  return { answer: { form: "scores", output, scale }, labels, notes: [...notes, ...more] };
}

/** What the output calls the classes; whole numbers are their places if nothing says otherwise. */
function namesSaid(model: ForeignModel, output: string, labels: readonly string[]) {
  if (model.classes.length === labels.length) return model.classes;
  const areSaid =
    outputNamed(model, output).element === "string" ||
    labels.every((label) => Number.isSafeInteger(Number(label)));
  return areSaid ? labels : labels.map((_, i) => String(i));
}

function chooseLabels(
  { classes }: ForeignModel,
  known: readonly string[],
  count: number | null,
  { labels }: AnswerWish,
): { readonly labels: readonly string[]; readonly notes: readonly string[] } {
  if (labels) {
    if (new Set(labels).size === labels.length && labels.length > 1) return { labels, notes: [] };
    throw new EngineError("bad_parameter", "--labels are two or more different names");
  }
  const fits = count === null || classes.length === count;
  if (classes.length > 1 && fits) {
    const written = classes.map((name) => known.find((one) => isSame(one, name)) ?? name);
    const areAll = known.every((one) => written.includes(one));
    if (areAll && new Set(written).size === classes.length) return { labels: written, notes: [] };
  }
  const sorted = placedBy(classes, inPythonOrder(known));
  const note = `classes are taken to be in the order ${sorted.slice(0, 10).join(", ")}${sorted.length > 10 ? ", …" : ""}; if not: --labels A,B,…`;
  return { labels: sorted, notes: [note] };
}

/** Whether a class of the model is one of the table, which may be written otherwise. */
function isSame(known: string, name: string): boolean {
  if (known === name || categoryKey(known) === categoryKey(name)) return true;
  return known.trim() !== "" && name.trim() !== "" && Number(known) === Number(name);
}

/** Where the model's classes are the places of others from 0, those in the order of its scores. */
function placedBy(classes: readonly string[], sorted: readonly string[]): readonly string[] {
  const places = classes.map((name) => sorted[Number(name)]);
  const isPlaced = places.length === sorted.length && new Set(places).size === sorted.length;
  return isPlaced && places.every((one) => one !== undefined) ? places : sorted;
}

/** Of one number: in [0, 1]; of several: that add up to 1. */
function areProbabilities({ data, rows, cols }: Matrix): boolean {
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    let sum = 0;
    for (const value of row) {
      if (value < -SLACK || value > 1 + SLACK) return false;
      sum += value;
    }
    if (cols > 1 && Math.abs(sum - 1) > SLACK) return false;
  }
  return true;
}
