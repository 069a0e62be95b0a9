/** @file What a model answers on rows that it is tried on, and what is wrong with the answers. */

import type { Matrix } from "../ground/matrix";
import type { RunnableModel } from "../learnware/runnable-model";
import { type Found, refused, warned } from "./check";
import { type Edge, edgeRows, type Inputs, noiseLike, repeated, rowsOf } from "./trial-inputs";

/** Runs the model. */
export type Run = (inputs: Inputs) => Promise<Matrix<Float32Array>>;

type About = Pick<RunnableModel, "labels" | "task">;

const NOISE_ROWS = 32;
const BATCHES = [1, 10, 1000] as const;
/** Sums of single precision in another order differ by less, as a share of the largest answer. */
const TOLERANCE = 1e-4;
/** Probabilities sum to 1; an export may round them. */
const SUM_TOLERANCE = 0.02;
/** Seconds for 1000 rows. */
const SLOW = 10;

/** Whether the answers are one row each, as wide as the manifest says. */
export function shapeFindings(
  { labels }: Pick<About, "labels">,
  inputs: Inputs,
  { rows, cols }: Matrix<Float32Array>,
): Found | null {
  const asked = rowsOf(inputs);
  if (rows !== asked) {
    return refused("rows_lost", `the model answers ${asked} rows with ${rows}`, { asked, rows });
  }
  const wanted = Math.max(1, labels.length);
  if (cols === wanted) return null;
  const told = wanted === 1 ? "tells of 1" : `has ${wanted} classes`;
  const message = `the model gives ${cols} numbers for each row, its manifest ${told}`;
  return refused("width", message, { cols, wanted });
}

/** On rows like its own: as many, as wide, finite, the same again, and not all alike. */
export async function ownFindings(run: Run, about: About, own: Inputs): Promise<Found | null> {
  const answer = await run(own);
  const wrong = shapeFindings(about, own, answer);
  if (wrong) return wrong;
  if (!answer.data.every(Number.isFinite)) {
    return refused("not_finite", "the model gives no finite number on rows of its own data");
  }
  const again = await run(own);
  if (!answer.data.every((value, i) => Object.is(value, again.data[i]))) {
    return refused("changing", "the model answers the same rows otherwise when asked again");
  }
  const noise = noiseLike(own, NOISE_ROWS);
  const beside = await run(noise).catch(() => null); // Told of by the next check.
  const answers = beside?.cols === answer.cols ? [answer, beside] : [answer];
  if (rowsOf(own) > 1 && areAlike(answers)) {
    return refused("constant", "the model answers all rows alike, whatever they are");
  }
  if (about.task === "classification" && !areProbabilities(answer)) {
    const message =
      "the model's scores are no probabilities: they are not in [0, 1] or do not sum to 1";
    return warned("no_probabilities", message);
  }
  return null;
}

export async function noiseFindings(run: Run, about: About, own: Inputs): Promise<Found | null> {
  const noise = noiseLike(own, NOISE_ROWS);
  const answer = await run(noise);
  const wrong = shapeFindings(about, noise, answer);
  if (wrong) return wrong;
  if (answer.data.every(Number.isFinite)) return null;
  return warned("not_finite", "the model gives no finite number on some rows of noise");
}

const edgeWords: Readonly<Record<Edge, string>> = {
  missing: "nothing is known",
  zeros: "everything is 0",
  huge: "everything is huge",
  tiny: "everything is far below 0",
};

/** On rows at the edge of what may come it must answer; whether with a number is told. */
export async function edgeFindings(run: Run, about: About, own: Inputs): Promise<Found | null> {
  const odd: Edge[] = [];
  for (const [edge, rows] of edgeRows(own)) {
    const answer = await run(rows).catch(() => null);
    if (!answer) {
      const message = `the model breaks on a row of which ${edgeWords[edge]}`;
      return edge === "zeros" ? refused("breaks", message) : warned("breaks", message, { edge });
    }
    const wrong = shapeFindings(about, rows, answer);
    if (wrong) return wrong;
    if (!answer.data.every(Number.isFinite)) odd.push(edge);
  }
  if (odd.length === 0) return null;
  const which = odd.map((edge) => edgeWords[edge]).join(" or ");
  return warned("not_finite", `the model gives no finite number for a row of which ${which}`);
}

/** The same rows one at a time, ten and a thousand at a time. */
export async function batchFindings(run: Run, about: About, own: Inputs): Promise<Found | null> {
  const answer = await run(own);
  const scale = answer.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const wanted of BATCHES) {
    const rows = repeated(own, wanted);
    const beside = await run(rows);
    const wrong = shapeFindings(about, rows, beside);
    if (wrong) return wrong;
    const isSame = beside.data.every((value, i) => {
      const other = answer.data[i % answer.data.length]!;
      return Math.abs(value - other) <= TOLERANCE * scale;
    });
    if (!isSame) {
      const message = `the model answers a row otherwise among ${rowsOf(rows)} rows`;
      return refused("changing", message, { rows: rowsOf(rows) });
    }
  }
  return null;
}

/** @param now - In milliseconds. */
export async function speedFindings(
  run: Run,
  own: Inputs,
  now: () => number,
): Promise<Found | null> {
  const rows = repeated(own, 1000);
  const start = now();
  await run(rows);
  const seconds = ((now() - start) / rowsOf(rows)) * 1; // ms a row is s per 1000 rows
  const details = { secondsPer1000: Number(seconds.toPrecision(3)) };
  if (seconds <= SLOW) return { state: "passed", code: "fine", message: null, details };
  const message = `the model takes ${seconds.toFixed(0)} seconds for 1000 rows`;
  return warned("slow", message, details);
}

function areAlike(answers: readonly Matrix<Float32Array>[]): boolean {
  const [first] = answers;
  if (!first) return false;
  const wanted = first.data.subarray(0, first.cols);
  return answers.every(({ data, cols }) =>
    data.every((value, i) => Object.is(value, wanted[i % cols]) || !Number.isFinite(value)),
  );
}

function areProbabilities({ data, rows, cols }: Matrix<Float32Array>): boolean {
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    const sum = row.reduce((so, value) => so + value, 0);
    const isWithin = row.every((value) => value >= -SUM_TOLERANCE && value <= 1 + SUM_TOLERANCE);
    if (!isWithin || Math.abs(sum - 1) > SUM_TOLERANCE) return false;
  }
  return true;
}
