/** @file stat.json, the specification file of the Python package `learnware` 0.3.2. */

import { EngineError } from "../../ground/errors";
import type { Matrix } from "../../ground/matrix";
import { coarseCount } from "../coarse-count";
import type { Specification, SpecificationExtras } from "../specification";
import { gaussianGamma, gaussianKernel } from "../kernel/kernel";

/** A point of the Python package may be an image: channels of rows of numbers. */
const MOST_NESTED = 8;
const TYPE = "RKMETableSpecification";
/** What the Python package once called the same class. */
const OLD_TYPE = "RKMEStatSpecification";

/** A specification file, read. */
export interface Stat {
  readonly rkme: Specification;
  /** Null in a file that Berth did not write. */
  readonly extras: SpecificationExtras | null;
}

/**
 * A reduced set as stat.json: compact JSON that the Python package reads too.
 *
 * Points of single precision are written with as few digits as give them back in single precision.
 * The row count is written coarsely: the file is made to be given away.
 *
 * @throws EngineError `bad_specification` if points and weights disagree or a number is not finite.
 */
export function encodeStat(rkme: Specification, extras: SpecificationExtras): string {
  const { points, weights, rowCount } = rkme;
  const gamma = gaussianGamma(rkme.kernel);
  checkShape(points, weights);
  const z = Array.from({ length: points.rows }, (_, i) =>
    Array.from(points.data.subarray(i * points.cols, (i + 1) * points.cols), shortest),
  );
  const { space, spaceVersion, radiusSquared, book } = extras;
  const finite = [points.data, weights, [gamma, rowCount, radiusSquared]];
  if (!finite.every((numbers) => numbers.every(Number.isFinite)))
    throw bad("holds a number that is not finite");
  return JSON.stringify({
    z,
    beta: Array.from(weights),
    gamma,
    num_points: coarseCount(rowCount),
    type: TYPE,
    berth: { space, spaceVersion, radiusSquared, ...(book !== undefined && { book }) },
  });
}

/**
 * Read a stat.json of Berth or of the Python package, old files without a type among them.
 * Points nested up to eight deeper than [m, d] are flattened to it, as the Python package does for its kernel.
 *
 * @throws EngineError `bad_specification` if it is no such file, or has a number that is not
 * finite, or shapes that disagree.
 */
export function decodeStat(json: string): Stat {
  const file = parse(json);
  const { z, beta, gamma, num_points: rowCount, type, berth } = file;
  if (type !== undefined && type !== TYPE && type !== OLD_TYPE) {
    throw bad(`has another type than ${TYPE}`);
  }
  if (!isFinite(gamma) || gamma <= 0) throw bad("needs gamma > 0");
  if (rowCount !== undefined && rowCount !== null && !isCount(rowCount)) {
    throw bad("needs a whole num_points ≥ 0");
  }
  const weights = Float64Array.from(numbersIn(beta, "beta"));
  const points = readPoints(z);
  checkShape(points, weights);
  return {
    rkme: { points, weights, kernel: gaussianKernel(gamma), rowCount: rowCount ?? 0 },
    extras: berth === undefined ? null : readExtras(berth),
  };
}

function parse(json: string): Record<string, unknown> {
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch (cause) {
    throw new EngineError("bad_specification", "the specification is not JSON", {}, { cause });
  }
  if (!isRecord(file)) throw bad("is not a JSON object");
  return file;
}

function readPoints(z: unknown): Matrix<Float64Array> {
  if (!Array.isArray(z) || z.length === 0) throw bad("needs z, an array of points");
  const rows = z.map((row: unknown, i) => numbersIn(row, `z[${i}]`));
  const cols = rows[0]!.length;
  if (cols === 0) throw bad("has points without numbers");
  const uneven = rows.findIndex((row) => row.length !== cols);
  if (uneven >= 0) {
    throw bad(`has ${rows[uneven]!.length} numbers in z[${uneven}] but ${cols} in z[0]`);
  }
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols };
}

/** All numbers of an array of arrays, in order. */
function numbersIn(value: unknown, name: string): number[] {
  if (!Array.isArray(value)) throw bad(`needs ${name}, an array of numbers`);
  const flat: unknown[] = value.flat(MOST_NESTED);
  if (!flat.every(isFinite)) throw bad(`has something other than finite numbers in ${name}`);
  return flat;
}

function readExtras(berth: unknown): SpecificationExtras {
  if (!isRecord(berth)) throw bad("has a berth key that is not an object");
  // Files of before November 2026 call the space an island.
  const { island, islandVersion, radiusSquared, book } = berth;
  const { space = island, spaceVersion = islandVersion } = berth;
  if (typeof space !== "string" || !isCount(spaceVersion) || spaceVersion < 1) {
    throw bad("needs a space and its version under berth");
  }
  if (!isFinite(radiusSquared) || radiusSquared < 0) throw bad("needs berth.radiusSquared ≥ 0");
  if (book === undefined) return { space, spaceVersion, radiusSquared };
  if (typeof book !== "string" || !/^[0-9a-f]{64}$/.test(book)) {
    throw bad("needs a SHA-256 as berth.book, or none");
  }
  return { space, spaceVersion, radiusSquared, book };
}

function checkShape(points: Matrix, weights: Float64Array): void {
  if (points.rows !== weights.length || points.data.length !== points.rows * points.cols) {
    throw bad(`has ${points.rows} points but ${weights.length} weights`);
  }
}

/** The number with the fewest digits that single precision rounds to `value`, if it is single. */
function shortest(value: number): number {
  if (Math.fround(value) !== value) return value;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFinite(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function bad(problem: string): EngineError {
  return new EngineError("bad_specification", `the specification ${problem}`);
}
