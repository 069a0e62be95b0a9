import type { Matrix } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import type { CandidateSpec } from "../specification/candidate-spec";
import type { Compute } from "../specification/kernel/compute";
import type { Kernel } from "../specification/kernel/kernel";
import { marginalKernel, marginalSpec, pickColumns, pickFloats } from "../specification/marginal";
import { rankCandidates, type Ranking } from "./rank";
import { withinCompared } from "./scores/within-compared";

/** What a user has of a space. */
export interface KnownPart {
  /** Encoded columns that count; all of them do where none is named. */
  readonly columns: readonly number[];
  /** Share of the features, in [0, 1]; a feature may take several columns. */
  readonly compared: number;
}

/**
 * Rank candidates as `rankCandidates` does, in the columns that the user has; how well they fit counts what was not
 * compared, as `withinCompared` says.
 *
 * @param x - Shape [n, columns of the space], scaled; what is filled in does not count.
 * @param book - The space's, in all columns; null if it has none.
 */
export async function* rankKnown(
  compute: Compute,
  x: Matrix<Float32Array>,
  kernel: Kernel,
  candidates: readonly CandidateSpec[],
  known: KnownPart,
  book: Matrix | null = null,
): Steps<Ranking> {
  const ranking = yield* rankColumns(compute, x, kernel, candidates, known, book);
  return withinCompared(ranking, known.compared);
}

function rankColumns(
  compute: Compute,
  x: Matrix<Float32Array>,
  kernel: Kernel,
  candidates: readonly CandidateSpec[],
  { columns: known }: KnownPart,
  book: Matrix | null,
): Steps<Ranking> {
  if (known.length === x.cols || known.length === 0) {
    return rankCandidates(compute, x, kernel, candidates, book);
  }
  const usable = candidates.filter(({ rkme }) => rkme.points.cols === x.cols);
  const specs = usable.map((candidate) => marginalSpec(candidate, known));
  const wider = marginalKernel(kernel, x.cols, known.length);
  const seen = book && pickColumns(book, known);
  return rankCandidates(compute, pickFloats(x, known), wider, specs, seen);
}
