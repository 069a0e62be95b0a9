/**
 * @file Mixtures of learnwares as the Python package `learnware` 0.3.2 finds them. They differ from
 * search/mixture.ts in what they keep: members of next to no weight, and mixtures of one.
 */

import { type Matrix, zeros } from "../engine/ground/matrix";
import { solveSimplexQp } from "../engine/specification/reduce/simplex-qp";
import {
  specificationDistance,
  specificationProduct,
  type StatSpecification,
} from "./specification";

/** A learnware that may be mixed. */
interface Part {
  readonly id: string;
  readonly specification: StatSpecification;
}

export interface Mixture {
  /** Weights are ≥ 0 and sum to one. */
  readonly members: readonly { readonly id: string; readonly weight: number }[];
  /** Squared MMD between the user and the mixture, to about 1e-9; rounding may leave it below 0. */
  readonly mmd2: number;
}

/** What a further member must leave of the squared MMD at most. */
const MOST_LEFT = 0.95;
/** Members are taken while their weights add up to this at most. */
const WEIGHT_CUTOFF = 0.98;

/**
 * Grow a mixture one member at a time: each round takes the one that brings it nearest to the user,
 * until that leaves more than 95 % of the squared MMD.
 *
 * Cost is p² inner products and `most` · p small quadratic programs, for a pool of p.
 *
 * @param pool - One or more; of equals the first is taken.
 * @param most - Most members, ≥ 1.
 * @returns One to `most` members, in the order taken.
 */
export function mixGreedily(pool: readonly Part[], user: StatSpecification, most: number): Mixture {
  const products = productsOf(pool, user);
  let best = nearestWith(products, []);
  while (best.members.length < Math.min(most, pool.length)) {
    const next = nearestWith(products, best.members);
    if (next.mmd2 > MOST_LEFT * best.mmd2) break;
    best = next;
  }
  return named(pool, best);
}

/**
 * Weigh the whole pool at once, keep the heaviest members while their weights add up to 0.98 at most
 * (the one that exceeds it is left out), and weigh these again; if at most one is left, the heaviest alone.
 *
 * @param pool - One or more.
 * @param most - Most members, ≥ 1.
 * @returns One to `most` members, the heaviest of the first weighing first.
 */
export function mixAutomatically(
  pool: readonly Part[],
  user: StatSpecification,
  most: number,
): Mixture {
  const products = productsOf(pool, user);
  const all = Array.from(pool.keys());
  const { weights } = weigh(products, all);
  const byWeight = all.sort((a, b) => weights[b]! - weights[a]!);
  const kept: number[] = [];
  let sum = 0;
  for (const index of byWeight) {
    sum += weights[index]!;
    if (sum > WEIGHT_CUTOFF) break;
    kept.push(index);
  }
  if (kept.length > 1) return named(pool, weigh(products, kept.slice(0, most)));
  const { id, specification } = pool[byWeight[0]!]!;
  return { members: [{ id, weight: 1 }], mmd2: specificationDistance(user, specification) };
}

interface Products {
  /** ⟨i, j⟩, shape [p, p]. */
  readonly gram: Matrix<Float64Array>;
  /** ⟨user, i⟩, shape [p]. */
  readonly target: Float64Array;
  /** ⟨user, user⟩. */
  readonly self: number;
}

interface Weighed {
  readonly members: readonly number[];
  /** Beside `members`. */
  readonly weights: Float64Array;
  readonly mmd2: number;
}

function productsOf(pool: readonly Part[], user: StatSpecification): Products {
  const gram = zeros(pool.length, pool.length);
  pool.forEach((a, i) => {
    pool.slice(0, i + 1).forEach((b, j) => {
      const product = specificationProduct(a.specification, b.specification);
      gram.data[i * pool.length + j] = product;
      gram.data[j * pool.length + i] = product;
    });
  });
  return {
    gram,
    target: Float64Array.from(pool, (part) => specificationProduct(user, part.specification)),
    self: specificationProduct(user, user),
  };
}

function nearestWith(products: Products, members: readonly number[]): Weighed {
  let best: Weighed | null = null;
  for (let index = 0; index < products.target.length; index++) {
    if (members.includes(index)) continue;
    const attempt = weigh(products, [...members, index]);
    if (!best || attempt.mmd2 < best.mmd2) best = attempt;
  }
  return best!;
}

/** The weights on the simplex that bring these members nearest to the user. */
function weigh({ gram, target, self }: Products, members: readonly number[]): Weighed {
  const count = members.length;
  const own = zeros(count, count);
  members.forEach((row, i) => {
    members.forEach((col, j) => (own.data[i * count + j] = gram.data[row * gram.cols + col]!));
  });
  const { weights, objective } = solveSimplexQp(
    own,
    Float64Array.from(members, (member) => target[member]!),
  );
  return { members, weights, mmd2: self + 2 * objective };
}

function named(pool: readonly Part[], { members, weights, mmd2 }: Weighed): Mixture {
  return {
    members: members.map((index, i) => ({ id: pool[index]!.id, weight: weights[i]! })),
    mmd2,
  };
}
