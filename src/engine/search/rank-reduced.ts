import type { Steps } from "../ground/progress";
import type { Specification } from "../specification/specification";
import { growMixture } from "./mixture";
import {
  coveredShare,
  packRkme,
  type PackedRkme,
  type PairKernel,
  type ReachingRkme,
  selfProduct,
} from "./pairs";
import type { Fit, MixtureFit, Ranking } from "./rank";
import { gaussianGamma, type Kernel } from "../specification/kernel/kernel";

/** A learnware's specification as it is stored, and its own term ⟨v, v⟩. */
export interface ReducedCandidate extends ReachingRkme {
  readonly id: string;
  readonly selfProduct: number;
}

export interface RankReducedOptions {
  /** Most singles wanted; all of them unless told. */
  readonly limit?: number;
  /** What mixtures are made of: so many of the best singles, or these candidates; 25 unless told. */
  readonly pool?: number | readonly number[];
  /** Most learnwares in a mixture; 5 unless told. */
  readonly maxMembers?: number;
}

interface Scored extends Fit {
  readonly candidate: ReducedCandidate;
  readonly cross: number;
  readonly covered: Uint8Array;
}

/** The user's specification, packed as those of the candidates are. */
export interface ReducedUser {
  readonly packed: PackedRkme;
  /** Shape [m]: of its points. */
  readonly weights: Float64Array;
  readonly kernel: Kernel;
}

/** A reduced set of points of its own, to be compared with such. */
export function reducedUser(rkme: Specification): ReducedUser {
  return { packed: packRkme(rkme), weights: rkme.weights, kernel: rkme.kernel };
}

interface User {
  readonly weights: Float64Array;
  readonly packed: PackedRkme;
  readonly self: number;
  readonly gamma: number;
}

/** Numbers of pairs of points compared between two yields: some milliseconds. */
const WORK_PER_STEP = 2e7;
/** What the kernel of a pair costs beside its distance, in columns. */
const KERNEL_COST = 8;

/**
 * Rank candidates by the squared MMD between the user's specification and theirs,
 * MMD² = ‖u‖² − 2⟨u, v⟩ + ‖v‖², and mix those of a pool while it pays.
 *
 * Cost: m · Σn · d for the candidates, and as much for the pool with every member of the mixture.
 * Yields every few milliseconds of a fast kernel, and between the rounds of the mixture.
 *
 * Source: Wu et al., TKDE 2023, eq. 9 (mixture weights).
 *
 * @param user - m points, on the candidates' scale.
 * @throws EngineError `shape_mismatch` if a candidate is of another dimension or its bytes do not fill its shape.
 */
export async function* rankReduced(
  kernel: PairKernel,
  { packed, weights, kernel: ofSpace }: ReducedUser,
  candidates: readonly ReducedCandidate[],
  { limit = candidates.length, pool = 25, maxMembers = 5 }: RankReducedOptions = {},
): Steps<Ranking> {
  const gamma = gaussianGamma(ofSpace);
  const whole = { weights, packed, self: selfProduct(kernel, packed, gamma), gamma };
  const scored: Scored[] = [];
  while (scored.length < candidates.length) {
    yield { stage: "match", done: scored.length, total: candidates.length };
    scored.push(...score(kernel, whole, nextSlice(packed, candidates, scored.length)));
  }
  const ranked = scored.toSorted((a, b) => a.mmd2 - b.mmd2);
  const mixable =
    typeof pool === "number" ? ranked.slice(0, pool) : pool.map((index) => scored[index]!);
  const mixture = yield* mix(kernel, whole, mixable, { maxMembers, total: candidates.length });
  return {
    singles: ranked.slice(0, limit).map(({ candidate, mmd2, similarity, coverage }) => {
      return { id: candidate.id, mmd2, similarity, coverage };
    }),
    mixture,
  };
}

function nextSlice(
  { rows, cols }: PackedRkme,
  candidates: readonly ReducedCandidate[],
  first: number,
): readonly ReducedCandidate[] {
  let end = first;
  for (let work = 0; work < WORK_PER_STEP && end < candidates.length; end++) {
    work += rows * candidates[end]!.rows * (cols + KERNEL_COST);
  }
  return candidates.slice(first, end);
}

function score(
  kernel: PairKernel,
  { weights, packed, self, gamma }: User,
  candidates: readonly ReducedCandidate[],
): Scored[] {
  return kernel.compare(packed, gamma, candidates).map(({ cross, covered }, i) => {
    const candidate = candidates[i]!;
    const coverage = coveredShare(weights, covered);
    return { candidate, cross, covered, ...fit(self, candidate.selfProduct, cross), coverage };
  });
}

async function* mix(
  kernel: PairKernel,
  { weights, packed, self: userSelf, gamma }: User,
  pool: readonly Scored[],
  { maxMembers, total }: { readonly maxMembers: number; readonly total: number },
): Steps<MixtureFit | null> {
  const candidates = pool.map(({ candidate }) => candidate);
  const rounds = growMixture(
    {
      userSelf,
      target: Float64Array.from(pool, ({ cross }) => cross),
      selfProducts: Float64Array.from(candidates, ({ selfProduct }) => selfProduct),
      productsWith: (index) => {
        const products = kernel.compare(candidates[index]!, gamma, candidates);
        return Float64Array.from(products, ({ cross }) => cross);
      },
    },
    { maxMembers },
  );
  let round = rounds.next();
  for (; !round.done; round = rounds.next()) {
    yield { stage: "match", done: total, total };
  }
  const mixture = round.value;
  if (!mixture) return null;

  let cross = 0;
  const covered = new Uint8Array(Math.ceil(packed.rows / 8));
  const members = mixture.members.map(({ index, weight }) => {
    const member = pool[index]!;
    cross += weight * member.cross;
    member.covered.forEach((bits, i) => (covered[i]! |= bits));
    return { id: member.candidate.id, weight };
  });
  return {
    members,
    ...fit(userSelf, mixture.mmd2 - userSelf + 2 * cross, cross),
    mmd2: mixture.mmd2,
    coverage: coveredShare(weights, covered),
  };
}

function fit(userSelf: number, self: number, cross: number): Omit<Fit, "coverage"> {
  const similarity = (2 * cross) / (userSelf + self);
  return {
    mmd2: Math.max(0, userSelf + self - 2 * cross),
    similarity: Number.isFinite(similarity) ? Math.min(1, Math.max(0, similarity)) : 0,
  };
}
