import type { Steps } from "../ground/progress";
import type { Specification } from "../specification/specification";
import { packRkme, type PairKernel, selfProduct } from "./pairs";
import type { Ranking } from "./rank";
import { rankReduced, type ReducedCandidate, reducedUser } from "./rank-reduced";
import { gaussianGamma } from "../specification/kernel/kernel";
import type { CandidateSpec } from "../specification/candidate-spec";

/** Specifications whose own terms are summed between two yields. */
const PER_STEP = 16;

/**
 * `rankReduced` for specifications as they come from a dock, whose own terms are yet to be summed.
 *
 * Cost: m · Σn · d, and Σn² · d for the own terms.
 *
 * @param user - m points, on the candidates' scale.
 * @param mixable - Which candidates a mixture may be made of.
 * @throws EngineError `shape_mismatch` if a candidate is of another dimension.
 */
export async function* rankSpecs(
  kernel: PairKernel,
  user: Specification,
  candidates: readonly CandidateSpec[],
  mixable: readonly number[],
): Steps<Ranking> {
  const reduced: ReducedCandidate[] = [];
  for (const { id, rkme, radiusSquared } of candidates) {
    const packed = packRkme(rkme);
    const self = selfProduct(kernel, packed, gaussianGamma(user.kernel));
    reduced.push({ ...packed, id, radiusSquared, selfProduct: self });
    if (reduced.length % PER_STEP > 0) continue;
    yield { stage: "match", done: 0, total: candidates.length };
  }
  return yield* rankReduced(kernel, reducedUser(user), reduced, { pool: mixable });
}
