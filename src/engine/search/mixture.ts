import { EngineError } from "../ground/errors";
import { type Matrix, zeros } from "../ground/matrix";
import { solveSimplexQp } from "../specification/reduce/simplex-qp";

/** A squared MMD that rounding alone can leave; the quadratic program is no more exact than this. */
const roundingMmd2 = 1e-9;

export interface MixtureOptions {
  /** Most learnwares in a mixture; 5 unless told. */
  readonly maxMembers?: number;
  /** Share of MMD² that every further member must take away, in [0, 1); 0.05 unless told. */
  readonly minGain?: number;
}

/** A weighted mixture of candidates; `index` counts rows of the Gram matrix it was made from. */
export interface GreedyMixture {
  /** In the order they were taken; weights are > 0 and sum to one. */
  readonly members: readonly { readonly index: number; readonly weight: number }[];
  /** Squared MMD between the user and the mixture, ≥ 0. */
  readonly mmd2: number;
}

/** Candidates for a mixture, p of them. */
export interface MixturePool {
  /** ⟨user, user⟩. */
  readonly userSelf: number;
  /** Shape [p]: ⟨user, i⟩. */
  readonly target: Float64Array;
  /** Shape [p]: ⟨i, i⟩. */
  readonly selfProducts: Float64Array;
  /** Shape [p]: ⟨index, i⟩. Asked once for every member but the last. */
  productsWith(index: number): Float64Array;
}

/**
 * `growMixture` in one go, from all inner products.
 *
 * @param gram - Shape [p, p]: inner products ⟨i, j⟩ of the candidates.
 * @param target - Shape [p]: inner products ⟨user, i⟩.
 * @param userSelf - ⟨user, user⟩.
 * @throws EngineError `shape_mismatch` if the Gram matrix is not [p, p].
 */
export function greedyMixture(
  gram: Matrix<Float64Array>,
  target: Float64Array,
  userSelf: number,
  options?: MixtureOptions,
): GreedyMixture | null {
  const size = target.length;
  if (gram.rows !== size || gram.cols !== size) {
    throw new EngineError(
      "shape_mismatch",
      `the Gram matrix is [${gram.rows}, ${gram.cols}] but the target has ${size} numbers`,
    );
  }
  const rounds = growMixture(
    {
      userSelf,
      target,
      selfProducts: target.map((_, i) => gram.data[i * size + i]!),
      productsWith: (index) => gram.data.subarray(index * size, (index + 1) * size),
    },
    options,
  );
  for (;;) {
    const round = rounds.next();
    if (round.done) return round.value;
  }
}

/**
 * A mixture of learnwares whose kernel mean is close to the user's, grown one member at a time.
 *
 * Each round tries every candidate not yet taken: with the members so far it solves
 * min over the simplex of wᵀKw − 2 cᵀw, which plus ⟨u, u⟩ is the squared MMD of that mixture, and keeps the best
 * one if it takes at least `minGain` of the distance away. Cost: `maxMembers` · p small quadratic programs.
 * Yields between rounds, for the caller to let others in.
 *
 * Source: the greedy search of the Python package `learnware` (market/easy/searcher.py), after Wu, Xu, Liu, Zhou,
 * "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE 2023. There the pool is the 25 best singles.
 *
 * @returns Null if no mixture of two or more is better than the best single candidate.
 */
export function* growMixture(
  pool: MixturePool,
  { maxMembers = 5, minGain = 0.05 }: MixtureOptions = {},
): Generator<undefined, GreedyMixture | null, undefined> {
  const columns: Float64Array[] = [];
  let best: Attempt | null = null;
  while ((best?.members.length ?? 0) < Math.min(maxMembers, pool.target.length)) {
    if (best) {
      yield;
      columns.push(pool.productsWith(best.members.at(-1)!));
    }
    const next = bestExtension(pool, columns, best?.members ?? []);
    if (!next || (best && next.mmd2 > (1 - minGain) * best.mmd2)) break;
    best = next;
    if (best.mmd2 <= roundingMmd2) break;
  }
  if (!best) return null;
  const { members, weights, mmd2 } = best;
  const kept = members
    .map((index, i) => ({ index, weight: weights[i]! }))
    .filter(({ weight }) => weight > 1e-6); // What rounding leaves of a member that later ones replaced.
  return kept.length < 2 ? null : { members: kept, mmd2 };
}

interface Attempt {
  readonly members: readonly number[];
  readonly weights: Float64Array;
  readonly mmd2: number;
}

/** @param columns - `productsWith` every member. */
function bestExtension(
  pool: MixturePool,
  columns: readonly Float64Array[],
  members: readonly number[],
): Attempt | null {
  let best: Attempt | null = null;
  for (let candidate = 0; candidate < pool.target.length; candidate++) {
    if (members.includes(candidate)) continue;
    const attempt = weigh(pool, columns, [...members, candidate]);
    if (!best || attempt.mmd2 < best.mmd2) best = attempt;
  }
  return best;
}

/** The best weights for these members, and the squared MMD they reach. */
function weigh(
  { userSelf, target, selfProducts }: MixturePool,
  columns: readonly Float64Array[],
  members: readonly number[],
): Attempt {
  const count = members.length;
  const k = zeros(count, count);
  const c = Float64Array.from(members, (member) => target[member]!);
  members.forEach((member, i) => {
    k.data[i * count + i] = selfProducts[member]!;
    for (let j = 0; j < i; j++) {
      const product = columns[j]![member]!;
      k.data[i * count + j] = product;
      k.data[j * count + i] = product;
    }
  });
  const { weights } = solveSimplexQp(k, c);
  let mmd2 = userSelf;
  for (let i = 0; i < count; i++) {
    let row = 0;
    for (let j = 0; j < count; j++) row += k.data[i * count + j]! * weights[j]!;
    mmd2 += weights[i]! * (row - 2 * c[i]!);
  }
  return { members, weights, mmd2: Math.max(0, mmd2) };
}
