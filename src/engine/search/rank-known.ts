import type { Matrix } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import type { CandidateSpec } from "../specification/candidate-spec";
import type { Compute } from "../specification/kernel/compute";
import type { Kernel } from "../specification/kernel/kernel";
import { marginalKernel, marginalSpec, pickFloats } from "../specification/marginal";
import { rankCandidates, type Ranking } from "./rank";

/**
 * Rank candidates as `rankCandidates` does, in the columns that the user has.
 *
 * @param x - Shape [n, columns of the space], scaled; what is filled in does not count.
 * @param known - Columns that count; all of them do where none is named.
 */
export function rankKnown(
  compute: Compute,
  x: Matrix<Float32Array>,
  kernel: Kernel,
  candidates: readonly CandidateSpec[],
  known: readonly number[],
): Steps<Ranking> {
  if (known.length === x.cols || known.length === 0) {
    return rankCandidates(compute, x, kernel, candidates);
  }
  const usable = candidates.filter(({ rkme }) => rkme.points.cols === x.cols);
  const specs = usable.map((candidate) => marginalSpec(candidate, known));
  const wider = marginalKernel(kernel, x.cols, known.length);
  return rankCandidates(compute, pickFloats(x, known), wider, specs);
}
