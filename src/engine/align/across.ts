/** @file Reusing learnwares of a feature space that the user's table has a part of. */

import { columnsOf, pullIn } from "../island/encode";
import { encodedWidth, type FeatureMatch, type Island } from "../island/island";
import type { Compute } from "../kernel/compute";
import type { Matrix } from "../matrix";
import type { RunnableLearnware } from "../reuse/learnware-run";
import type { ReuseRequest } from "../reuse/prepare-reuse";
import type { RowReader } from "../reuse/table-rows";
import type { Steps } from "../progress";
import { type CandidateSpec, rankCandidates, type Ranking } from "../search/rank";
import type { Rkme } from "../spec/rkme";
import { alignRows } from "./alignment";
import { marginalSet, pickColumns } from "./marginal";
import { startingMap } from "./starting-map";

/** The encoded columns of an island's features that the user has a column for. */
export function knownColumns(island: Island, matches: readonly FeatureMatch[]): number[] {
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
 * A specification as far as the user's columns go: what is missing counts neither for nor against it.
 *
 * @param known - Encoded columns kept.
 */
function knownPart(candidate: CandidateSpec, known: readonly number[]): CandidateSpec {
  const share = known.length / candidate.rkme.points.cols;
  return {
    id: candidate.id,
    rkme: marginalSet(candidate.rkme, known),
    radiusSquared: candidate.radiusSquared * share,
  };
}

/**
 * Rank candidates as `rankCandidates` does, in the columns that the user has.
 *
 * @param x - Shape [n, encoded columns of the island], scaled; what is filled in does not count.
 * @param known - Encoded columns that count; all of them do where none is named.
 */
export function rankKnown(
  compute: Compute,
  x: Matrix<Float32Array>,
  gamma: number,
  candidates: readonly CandidateSpec[],
  known: readonly number[],
): Steps<Ranking> {
  if (known.length === x.cols || known.length === 0) {
    return rankCandidates(compute, x, gamma, candidates);
  }
  const usable = candidates.filter(({ rkme }) => rkme.points.cols === x.cols);
  const specs = usable.map((candidate) => knownPart(candidate, known));
  const width = (gamma * x.cols) / known.length;
  return rankCandidates(compute, asFloats(pickColumns(x, known)), width, specs);
}

/**
 * The same request, fit for a table that lacks some of the island's features: specifications and rows are compared
 * in the columns that are known, and each model gets for the others what its own training rows suggest.
 */
export function acrossSpaces(
  request: ReuseRequest,
  matches: readonly FeatureMatch[],
): ReuseRequest {
  const { island, learnwares, rows } = request;
  const known = knownColumns(island, matches);
  const width = island.features.reduce((sum, feature) => sum + encodedWidth(feature), 0);
  if (known.length === width || known.length === 0) return request;
  return {
    ...request,
    rows: knownRows(rows, known),
    learnwares: learnwares.map((learnware) => {
      const { spec } = learnware;
      if (spec?.rkme.points.cols !== width) return learnware;
      return {
        ...learnware,
        spec: knownPart(spec, known),
        run: (asked) => learnware.run(filledIn(asked, learnware, spec.rkme, island, matches)),
      };
    }),
  };
}

function knownRows(rows: RowReader, known: readonly number[]): RowReader {
  return {
    count: rows.count,
    read: async (choice, withOwn) => {
      const read = await rows.read(choice, withOwn);
      return { ...read, scaled: asFloats(pickColumns(read.scaled, known)) };
    },
  };
}

/**
 * A model's rows with the columns that the user lacks filled in from the learnware's specification.
 *
 * @param rows - Shape [n, features of the model], unscaled.
 */
function filledIn(
  rows: Matrix<Float32Array>,
  { about }: Pick<RunnableLearnware, "about">,
  rkme: Rkme,
  island: Island,
  matches: readonly FeatureMatch[],
): Matrix<Float32Array> {
  const part = modelPart(island, about.features);
  const known = knownColumns(part, matches);
  const missing = Array.from({ length: rows.cols }, (_, j) => j).filter((j) => !known.includes(j));
  const points = columnsOf(rkme.points, island, about.features);
  const set = { ...rkme, points: { ...points, data: Float64Array.from(points.data) } };
  const [centers, scales] = [
    part.features.flatMap(({ center }) => center),
    part.features.flatMap(({ scale }) => scale),
  ];
  const given = pickColumns(rows, known);
  given.data.forEach((value, at) => {
    const col = known[at % known.length]!;
    const scaled = pullIn((value - centers[col]!) / scales[col]!);
    given.data[at] = Number.isNaN(scaled) ? 0 : scaled;
  });
  const aligned = alignRows({ start: startingMap(set, known), network: [] }, given);
  const data = rows.data.slice();
  for (let i = 0; i < rows.rows; i++) {
    for (const j of missing) {
      data[i * rows.cols + j] = aligned.data[i * rows.cols + j]! * scales[j]! + centers[j]!;
    }
  }
  return { data, rows: rows.rows, cols: rows.cols };
}

/** The island with a model's features alone, in the model's order. */
function modelPart(island: Island, names: readonly string[]): Island {
  const byName = new Map(island.features.map((feature) => [feature.name, feature]));
  return { ...island, features: names.flatMap((name) => byName.get(name) ?? []) };
}

function asFloats({ data, rows, cols }: Matrix): Matrix<Float32Array<ArrayBuffer>> {
  return { data: Float32Array.from(data), rows, cols };
}
