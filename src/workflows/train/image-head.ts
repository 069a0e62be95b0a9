import type { Matrix } from "../../engine/ground/matrix";
import type { Steps } from "../../engine/ground/progress";
import type { LinearModel } from "../../engine/learner/linear/linear-model";
import { fitLogistic } from "../../engine/learner/linear/logistic";
import type { ClassTarget } from "../../engine/learner/target";

/** What the weights of a head are held back by: vectors have many numbers, and people few pictures. */
const PENALTY = 30;

/**
 * A head on what the embedder sees: classes of pictures from their vectors.
 *
 * @param vectors - Shape [n, e].
 * @param target - A class of each.
 */
export function fitImageHead(
  vectors: Matrix<Float32Array>,
  target: ClassTarget,
): Steps<LinearModel> {
  return fitLogistic(vectors, target, { l2: PENALTY });
}
