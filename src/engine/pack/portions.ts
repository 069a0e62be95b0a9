import { EngineError } from "../ground/errors";
import type { OnnxValue } from "../learnware/onnx/onnx-codec";
import type { Portion } from "./adapt-plan";

/**
 * In what portions rows may go into these inputs, the most useful first. Which of them holds is seen when the model is run: a
 * number of rows that is declared often does not matter, and a model that mixes rows knows none.
 *
 * @param inputs - Those that rows go into.
 */
export function portionsOf(inputs: readonly OnnxValue[]): Portion[] {
  const portions: Portion[] = [];
  const firsts = new Set(inputs.map(({ shape }) => shape?.[0] ?? null));
  const [first = null] = firsts;
  const haveRows = inputs.every(({ shape }) => shape === null || shape.length > 0);
  if (haveRows && firsts.size === 1) {
    portions.push("any");
    if (first !== null) portions.push({ rows: first });
  }
  const isClosed = inputs.every(({ shape }) => shape?.every((size) => size !== null) === true);
  if (isClosed) portions.push("example");
  return portions;
}

/**
 * The shape of what one row puts into an input, or of the one example.
 *
 * @returns Null if it is not declared, or left open.
 */
export function rowShape({ shape }: OnnxValue, portion: Portion): number[] | null {
  const sizes = portion === "example" ? shape : shape?.slice(1);
  if (!sizes) return null;
  const known = sizes.filter((size) => size !== null);
  return known.length === sizes.length ? known : null;
}

/** @throws EngineError `bad_model` if an input is no tensor of numbers or texts. */
export function elementOf({ name, element }: OnnxValue): Exclude<OnnxValue["element"], null> {
  if (element !== null && element !== "other") return element;
  throw new EngineError("bad_model", `the input "${name}" is of a type that nothing can be put into`); // prettier-ignore
}
