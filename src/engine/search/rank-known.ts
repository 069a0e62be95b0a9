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
 * @param isPinned - Whether the space is, which has no columns that a user may lack.
 */
export async function* rankKnown(
  compute: Compute,
  x: Matrix<Float32Array>,
  kernel: Kernel,
  candidates: readonly CandidateSpec[],
  known: KnownPart,
  book: Matrix | null = null,
  isPinned = false,
): Steps<Ranking> {
  const ranking = isPinned
    ? yield* rankCandidates(compute, x, kernel, candidates, book, true)
    : yield* rankColumns(compute, x, kernel, candidates, known, book);
  return withinCompared(ranking, known.compared);
}

/** Rows and candidates in the columns that the user has. */
export function inKnownColumns(
  x: Matrix<Float32Array>,
  candidates: readonly CandidateSpec[],
  known: KnownPart["columns"],
): { readonly x: Matrix<Float32Array>; readonly specs: readonly CandidateSpec[] } {
  const specs = candidates.filter(({ rkme }) => rkme.points.cols === x.cols);
  if (isWhole(x, known)) return { x, specs };
  return { x: pickFloats(x, known), specs: specs.map((spec) => marginalSpec(spec, known)) };
}

function isWhole({ cols }: Matrix, known: KnownPart["columns"]): boolean {
  return known.length === cols || known.length === 0;
}

function rankColumns(
  compute: Compute,
  x: Matrix<Float32Array>,
  kernel: Kernel,
  candidates: readonly CandidateSpec[],
  { columns: known }: KnownPart,
  book: Matrix | null,
): Steps<Ranking> {
  if (isWhole(x, known)) return rankCandidates(compute, x, kernel, candidates, book);
  const seen = inKnownColumns(x, candidates, known);
  const wider = marginalKernel(kernel, x.cols, known.length);
  const points = book && pickColumns(book, known);
  return rankCandidates(compute, seen.x, wider, seen.specs, points);
}
