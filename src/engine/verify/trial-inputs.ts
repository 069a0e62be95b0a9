/** @file Rows that a model is tried on. */

import { normal, seededRandom } from "../ground/random";
import { kindOf } from "../kinds/index";
import type { ModelAbout } from "../kinds/kind";
import type { Space } from "../kinds/space";
import type { ModelInput } from "../learnware/model-input";
import type { Specification } from "../specification/specification";

export type Inputs = readonly ModelInput[];

/** Numbers of one trial: 64 MB. */
const MOST_NUMBERS = 2 ** 24;
/** Characters of a text of noise, as the Python package's dock has them. */
const SHORTEST = 10;
const LONGEST = 1000;
/** Beyond what single precision squares. */
const HUGE = 1e12;

/**
 * Rows like those that the model was trained on: the first points of its specification, or made-up ones where points are no
 * rows. Null if the kind can do neither.
 */
export function ownInputs(
  rkme: Specification,
  space: Space,
  about: ModelAbout,
  most: number,
): Inputs | null {
  const { packaging } = kindOf(space);
  const few = firstOf(rkme, most);
  const inputsOf = packaging.probes?.(few, few, space).inputs ?? packaging.trial;
  return inputsOf ? inputsOf(about) : null;
}

/** As many rows of noise, three times as wide as these rows lie apart. */
export function noiseLike(inputs: Inputs, rows: number): Inputs {
  const random = seededRandom(7);
  return inputs.map(({ name, dims: [, ...shape], data }) => {
    const size = sizeOf(shape);
    if (!(data instanceof Float32Array)) {
      return { name, dims: [rows, ...shape], data: Array.from({ length: rows * size }, noiseText) };
    }
    const { mean, deviation } = momentsOf(data);
    const wide = 3 * deviation || 1;
    const numbers = Float32Array.from({ length: rows * size }, () => mean + wide * normal(random));
    return { name, dims: [rows, ...shape], data: numbers };
  });

  function noiseText(): string {
    const length = SHORTEST + Math.floor((LONGEST - SHORTEST) * random());
    const codes = Array.from({ length }, () => 32 + Math.floor(95 * random()));
    return String.fromCharCode(...codes);
  }
}

/** Rows at the edge of what may come. */
export type Edge = "missing" | "zeros" | "huge" | "tiny";

export function edgeRows(inputs: Inputs): ReadonlyMap<Edge, Inputs> {
  const edges: [Edge, number, string][] = [
    ["missing", NaN, ""],
    ["zeros", 0, " "],
    ["huge", HUGE, "長".repeat(20_000)],
    ["tiny", -HUGE, "\u{1F600}\u0301"],
  ];
  return new Map(edges.map(([edge, number, text]) => [edge, inputs.map(filled(number, text))]));
}

function filled(number: number, text: string) {
  return ({ name, dims: [, ...shape], data }: ModelInput): ModelInput => {
    const size = sizeOf(shape);
    const dims = [1, ...shape];
    return data instanceof Float32Array
      ? { name, dims, data: new Float32Array(size).fill(number) }
      : { name, dims, data: new Array<string>(size).fill(text) };
  };
}

/** So many rows, these one after the other and again; fewer where each is large. */
export function repeated(inputs: Inputs, wanted: number): Inputs {
  const largest = Math.max(...inputs.map(({ dims: [, ...shape] }) => sizeOf(shape)));
  const rows = Math.max(1, Math.min(wanted, Math.floor(MOST_NUMBERS / largest)));
  return inputs.map(({ name, dims: [given = 1, ...shape], data }) => {
    const size = sizeOf(shape);
    const dims = [rows, ...shape];
    const at = (i: number) => (Math.floor(i / size) % given) * size + (i % size);
    const length = rows * size;
    return data instanceof Float32Array
      ? { name, dims, data: Float32Array.from({ length }, (_, i) => data[at(i)]!) }
      : { name, dims, data: Array.from({ length }, (_, i) => data[at(i)]!) };
  });
}

export function rowsOf(inputs: Inputs): number {
  return inputs[0]?.dims[0] ?? 0;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function momentsOf(data: Float32Array): { mean: number; deviation: number } {
  const known = data.filter(Number.isFinite);
  const count = Math.max(1, known.length);
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / count) };
}

function firstOf(rkme: Specification, most: number): Specification {
  const { data, cols } = rkme.points;
  const rows = Math.min(most, rkme.points.rows);
  const points = { data: data.slice(0, rows * cols), rows, cols };
  return { ...rkme, points, weights: rkme.weights.slice(0, rows) };
}
