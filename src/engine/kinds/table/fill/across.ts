/** @file Reusing learnwares of a feature space that the user's table has a part of. */

import { encodedWidth } from "../space/encoded-width";
import type { FeatureMatch } from "../space/island";
import type { Compute } from "../../../specification/kernel/compute";
import type { Matrix } from "../../../ground/matrix";
import type { ReuseRequest } from "../../../reuse/predict/prepare-reuse";
import type { RowReader } from "../../../reuse/rows/table-rows";
import type { Steps } from "../../../ground/progress";
import { type CandidateSpec, rankCandidates, type Ranking } from "../../../search/rank";
import type { Alignment } from "./alignment";
import { fillIn, knownColumns, linearFill, modelSpace } from "./fill-in";
import { marginalSet, pickColumns } from "./marginal";

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
 *
 * @param learned - By learnware: how columns are filled in, where it was learned; else by `linearFill`.
 */
export function acrossSpaces(
  request: ReuseRequest,
  matches: readonly FeatureMatch[],
  learned: ReadonlyMap<string, Alignment> = new Map(),
): ReuseRequest {
  const { island, learnwares, rows } = request;
  const known = knownColumns(island, matches);
  const width = island.features.reduce((sum, feature) => sum + encodedWidth(feature), 0);
  if (known.length === width || known.length === 0) return request;
  return {
    ...request,
    rows: knownRows(rows, known),
    learnwares: learnwares.map((learnware) => {
      const { id, about, spec } = learnware;
      if (spec?.rkme.points.cols !== width) return learnware;
      const space = modelSpace(spec.rkme, about.features, island, matches);
      const alignment = learned.get(id) ?? linearFill(space);
      return {
        ...learnware,
        spec: knownPart(spec, known),
        run: (asked) => learnware.run(fillIn(asked, space, alignment)),
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

function asFloats({ data, rows, cols }: Matrix): Matrix<Float32Array<ArrayBuffer>> {
  return { data: Float32Array.from(data), rows, cols };
}
