import { EngineError } from "../ground/errors";
import type { OnnxValue } from "../learnware/onnx/onnx-codec";
import type { Portion } from "./adapt-plan";
import { rowShape } from "./portions";

/** A column that may become a feature. */
export interface Candidate {
  readonly name: string;
  readonly isCategory: boolean;
  /** Different values of a category. */
  readonly values: number;
}

/** Which columns an input is made of, in this order. */
export interface InputColumns {
  readonly input: OnnxValue;
  readonly columns: readonly string[];
  /** Whether each value of a category has a number of its own in the input, in the order of the alphabet. */
  readonly isSpread: boolean;
}

export interface ChosenColumns {
  readonly inputs: readonly InputColumns[];
  /** By what they were told. */
  readonly by: "names given" | "names of inputs" | "their order";
}

/**
 * Which columns of a table a model takes, and through which input.
 *
 * @param inputs - Those that rows go into.
 * @param candidates - In the order of the table, without what is predicted.
 * @param names - Those that the person gives, in the order in which the model takes them; null to find out.
 * @throws EngineError `bad_parameter` if the table has others, or it cannot be told which.
 */
export function chooseColumns(
  inputs: readonly OnnxValue[],
  candidates: readonly Candidate[],
  names: readonly string[] | null,
  portion: Portion,
): ChosenColumns {
  const widths = inputs.map((input) => widthOf(input, portion));
  if (names) return { inputs: given(inputs, widths, candidates, names), by: "names given" };
  const byName = widths.every((width) => width === 1) ? named(inputs, candidates) : null;
  if (byName && inputs.length > 1) return { inputs: byName, by: "names of inputs" };
  const ordered = inOrder(inputs, widths, candidates) ?? byName;
  if (ordered) return { inputs: ordered, by: "their order" };
  throw new EngineError("bad_parameter", misfit(inputs, widths, candidates));
}

function widthOf(input: OnnxValue, portion: Portion): number | null {
  return rowShape(input, portion)?.reduce((product, size) => product * size, 1) ?? null;
}

function given(
  inputs: readonly OnnxValue[],
  widths: readonly (number | null)[],
  candidates: readonly Candidate[],
  names: readonly string[],
): InputColumns[] {
  const strange = names.find((name) => !candidates.some((one) => one.name === name));
  if (strange !== undefined) {
    throw new EngineError("bad_parameter", `the table has no column "${strange}" that could be a feature`); // prettier-ignore
  }
  const chosen = names.map((name) => candidates.find((one) => one.name === name)!);
  const cut = consecutive(inputs, widths, chosen);
  if (cut) return cut;
  const only = inputs.length === 1 && widths[0] === spreadWidth(chosen);
  if (only) return [{ input: inputs[0]!, columns: names, isSpread: true }];
  throw new EngineError("bad_parameter", misfit(inputs, widths, chosen));
}

/** Inputs of one number each, by what they are called. */
function named(
  inputs: readonly OnnxValue[],
  candidates: readonly Candidate[],
): InputColumns[] | null {
  const byKey = new Map(candidates.map(({ name }) => [keyOf(name), name]));
  const found = inputs.map(({ name }) => byKey.get(keyOf(name)));
  if (found.some((name) => name === undefined)) return null;
  return inputs.map((input, i) => ({ input, columns: [found[i]!], isSpread: false }));
}

/** Converters put other signs in the place of blanks and the like. */
function keyOf(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_"); // prettier-ignore
}

function inOrder(
  inputs: readonly OnnxValue[],
  widths: readonly (number | null)[],
  candidates: readonly Candidate[],
): InputColumns[] | null {
  const [texts, numbers] = [true, false].map((isText) => inputs.map(({ element }) => (element === "string") === isText)); // prettier-ignore
  const all = consecutive(inputs, widths, candidates);
  if (all && !mixesTexts(all, candidates)) return all;
  const some = candidates.filter(({ isCategory }) => !isCategory);
  const others = candidates.filter(({ isCategory }) => isCategory);
  if (texts!.includes(true)) {
    const part = (chosen: readonly boolean[], among: readonly Candidate[]) =>
      consecutive(
        inputs.filter((_, i) => chosen[i]),
        widths.filter((_, i) => chosen[i]),
        among,
      );
    const [ofTexts, ofNumbers] = [part(texts!, others), part(numbers!, some)];
    if (!ofTexts || !ofNumbers) return null;
    return inputs.map((input) => [...ofTexts, ...ofNumbers].find((one) => one.input === input)!);
  }
  if (inputs.length === 1 && widths[0] === spreadWidth(candidates)) {
    const columns = candidates.map(({ name }) => name);
    return [{ input: inputs[0]!, columns, isSpread: true }];
  }
  return consecutive(inputs, widths, some);
}

/** All of these, one input after another; null if they are more or fewer. */
function consecutive(
  inputs: readonly OnnxValue[],
  widths: readonly (number | null)[],
  columns: readonly Candidate[],
): InputColumns[] | null {
  const open = widths.filter((width) => width === null).length;
  const known = widths.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  const rest = columns.length - known;
  if (open > 1 || (open === 0 ? rest !== 0 : rest < 1)) return null;
  let next = 0;
  return inputs.map((input, i) => {
    const width = widths[i] ?? rest;
    const some = columns.slice(next, next + width).map(({ name }) => name);
    next += width;
    return { input, columns: some, isSpread: false };
  });
}

/** Whether a column of numbers would go in as a text, though it is told by nothing but its place. */
function mixesTexts(chosen: readonly InputColumns[], candidates: readonly Candidate[]): boolean {
  const isCategory = new Map(candidates.map((one) => [one.name, one.isCategory]));
  return chosen.some(
    ({ input, columns }) =>
      input.element === "string" && columns.some((name) => isCategory.get(name) !== true),
  );
}

function spreadWidth(columns: readonly Candidate[]): number {
  return columns.reduce((sum, { isCategory, values }) => sum + (isCategory ? values : 1), 0);
}

function misfit(
  inputs: readonly OnnxValue[],
  widths: readonly (number | null)[],
  candidates: readonly Candidate[],
): string {
  const takes = inputs.map(({ name, element }, i) => {
    const what = element === "string" ? "texts" : "numbers";
    return `"${name}" (${widths[i] ?? "any number of"} ${what})`;
  });
  const has = candidates.map(({ name, isCategory, values }) =>
    isCategory ? `${name} (${values} values)` : name,
  );
  return (
    `the model takes ${takes.join(", ")}; the table has ${candidates.length} columns for that: ${has.join(", ")}. ` +
    "Say which go in, in the model's order, with --names A,B,…, and what stays the same for all rows with --fix INPUT=VALUE"
  );
}
