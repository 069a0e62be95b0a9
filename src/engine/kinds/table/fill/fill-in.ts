/** @file The columns that a learnware's model takes and a table lacks, filled in. */

import { columnsOf, pullIn } from "../space/encode";
import { encodedWidth } from "../space/encoded-width";
import type { FeatureMatch, Space } from "../space/space";
import type { Matrix } from "../../../ground/matrix";
import type { Specification } from "../../../specification/specification";
import { type Alignment, alignRows } from "./alignment";
import { pickColumns } from "../../../specification/marginal";
import { startingMap } from "./starting-map";

/** How: by straight lines, or by a network that is trained for it. */
export type Filling = "lines" | "network";

/** A model's columns, and which of them the user's table has. */
export interface ModelSpace {
  /** The learnware's specification in the model's columns, scaled. */
  readonly set: Specification;
  /** Indices among the model's d columns. */
  readonly known: readonly number[];
  readonly missing: readonly number[];
  /** Shape [d]: what the island scales them by. */
  readonly centers: readonly number[];
  readonly scales: readonly number[];
}

/** The encoded columns of an island's features that the user has a column for. */
export function knownColumns(island: Space, matches: readonly FeatureMatch[]): number[] {
  const known: number[] = [];
  let next = 0;
  for (const feature of island.features) {
    const width = encodedWidth(feature);
    const match = matches.find((one) => one.feature === feature.name);
    if (match && match.column !== null) {
      for (let k = 0; k < width; k++) known.push(next + k);
    }
    next += width;
  }
  return known;
}

/**
 * @param rkme - The learnware's, in all columns of the island.
 * @param features - Names of the model's features, in its order.
 */
export function modelSpace(
  rkme: Specification,
  features: readonly string[],
  island: Space,
  matches: readonly FeatureMatch[],
): ModelSpace {
  const byName = new Map(island.features.map((feature) => [feature.name, feature]));
  const part = { ...island, features: features.flatMap((name) => byName.get(name) ?? []) };
  const known = knownColumns(part, matches);
  const points = columnsOf(rkme.points, island, features);
  const all = Array.from({ length: points.cols }, (_, j) => j);
  return {
    set: { ...rkme, points: { ...points, data: Float64Array.from(points.data) } },
    known,
    missing: all.filter((j) => !known.includes(j)),
    centers: part.features.flatMap(({ center }) => center),
    scales: part.features.flatMap(({ scale }) => scale),
  };
}

/**
 * What the user has of a model's columns, scaled as specifications are.
 *
 * @param rows - Shape [n, d], unscaled, NaN where missing.
 * @returns Shape [n, known columns], finite.
 */
export function givenColumns(
  rows: Matrix<Float32Array>,
  { known, centers, scales }: ModelSpace,
): Matrix<Float64Array> {
  const given = pickColumns(rows, known);
  given.data.forEach((value, at) => {
    const col = known[at % known.length]!;
    const scaled = pullIn((value - centers[col]!) / scales[col]!);
    given.data[at] = Number.isNaN(scaled) ? 0 : scaled;
  });
  return given;
}

/** Straight lines through the points of the learnware's specification. */
export function linearFill({ set, known }: ModelSpace): Alignment {
  return { start: startingMap(set, known), network: [] };
}

/**
 * A model's rows with the columns that the user lacks filled in; the others stay as they are.
 *
 * @param rows - Shape [n, d], unscaled.
 * @param alignment - From the known columns to all d, scaled.
 */
export function fillIn(
  rows: Matrix<Float32Array>,
  space: ModelSpace,
  alignment: Alignment,
): Matrix<Float32Array> {
  const { missing, centers, scales } = space;
  const aligned = alignRows(alignment, givenColumns(rows, space));
  const data = rows.data.slice();
  for (let i = 0; i < rows.rows; i++) {
    for (const j of missing) {
      data[i * rows.cols + j] = aligned.data[i * rows.cols + j]! * scales[j]! + centers[j]!;
    }
  }
  return { data, rows: rows.rows, cols: rows.cols };
}
