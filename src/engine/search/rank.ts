import type { Compute, LoadedRows } from "../specification/kernel/compute";
import { BookRows } from "../specification/book/book-rows";
import { MainDirections } from "../specification/book/main-directions";
import { innerProduct } from "../specification/kernel/mmd";
import { type Matrix, zeros } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import { sampleIndices, seededRandom } from "../ground/random";
import { greedyMixture } from "./mixture";
import { gaussianGamma, type Kernel } from "../specification/kernel/kernel";
import type { CandidateSpec } from "../specification/candidate-spec";

/** How well one learnware, or a weighted mixture of several, fits a data set. */
export interface Fit {
  /** Squared maximum mean discrepancy, ≥ 0; 0 when the distributions are the same. */
  readonly mmd2: number;
  /**
   * 2⟨u, v⟩ / (‖u‖² + ‖v‖²), in [0, 1]: 1 when the same, 0 when nothing is in common; in a pinned space, nothing beyond what all have. There ‖u‖² is
   * that of what the rows are drawn from, unbiased, as few rows are less like anything for being few.
   */
  readonly similarity: number;
  /** Share of the user's rows that lie where the learnware's training rows lay, in [0, 1]. */
  readonly coverage: number;
}

interface SingleFit extends Fit {
  readonly id: string;
  /** That it seems to have learnt from the very rows it was compared with; not said where that cannot be told. */
  readonly sameRows?: true;
}

export interface MixtureFit extends Fit {
  readonly members: readonly { readonly id: string; readonly weight: number }[];
}

export interface Ranking {
  /** Best first. */
  readonly singles: readonly SingleFit[];
  /** Null when no mixture of two or more is better than the best single one. */
  readonly mixture: MixtureFit | null;
}

/** Learnwares that a mixture is made from, and how many of them it may take. */
const POOL = 25;
const MOST_MEMBERS = 5;
/** Rows whose mean kernel value stands for ‖u‖², the user's own term. */
const SELF_SAMPLE = 500;

/**
 * Rank candidates by the exact asymmetric squared MMD: all the given rows against each reduced set,
 * MMD² = ‖u‖² − 2⟨u, v⟩ + ‖v‖², and mix the nearest ones while it pays.
 *
 * Cost: n · Σm · d for the kernel means, and the same again for coverage. Weights on one book share n · m · d, and cost
 * little more than their coverage then.
 *
 * Source: Wu et al., TKDE 2023, eq. 9 (mixture weights); the asymmetric form uses the rows
 * themselves on the user's side.
 *
 * @param x - Shape [n, d], scaled by the island; at most some ten thousand rows are sensible.
 * @param kernel - The space's.
 * @param book - The space's points; null if it has none.
 * @param isPinned - Whether the space is: then everything is compared in the book's main directions alone, docs/decisions/0015.
 * @throws EngineError `unsupported_kernel` or `bad_parameter` as `gaussianGamma`.
 */
export async function* rankCandidates(
  compute: Compute,
  x: Matrix<Float32Array>,
  kernel: Kernel,
  candidates: readonly CandidateSpec[],
  book: Matrix | null = null,
  isPinned = false,
): Steps<Ranking> {
  const usable = candidates.filter(({ rkme }) => rkme.points.cols === x.cols);
  const gamma = gaussianGamma(kernel);
  const rows = await compute.load(x);
  try {
    const isOnBook = ({ bookWeights }: CandidateSpec) => bookWeights?.length === book?.rows;
    const comparison =
      book && usable.every(isOnBook)
        ? (isPinned ? inMainDirections : onBookRows)(yield* BookRows.of(book, x, kernel))
        : onOwnPoints(rows, gamma);
    const user = comparison.user ?? sameSelf(await selfTerm(rows, x, gamma));
    const scored: Scored[] = [];
    for (const [index, candidate] of usable.entries()) {
      yield { stage: "match", done: index, total: usable.length };
      const compared = await comparison.compare(candidate);
      const { cross, self, covered } = compared;
      const fit = {
        id: candidate.id,
        ...fitOf(user, cross, self),
        coverage: share(covered),
      };
      scored.push({ fit, spec: candidate, ...compared });
    }
    scored.sort((a, b) => a.fit.mmd2 - b.fit.mmd2 || (a.fit.id < b.fit.id ? -1 : 1));
    return {
      singles: scored.map(({ fit }) => fit),
      mixture: mix(scored.slice(0, POOL), comparison, user, x.rows),
    };
  } finally {
    rows.dispose();
  }
}

/** A candidate beside the rows. */
interface Compared {
  /** ⟨u, v⟩ and ‖v‖². */
  readonly cross: number;
  readonly self: number;
  /** Shape [n]: 1 where the candidate covers the row. */
  readonly covered: Uint8Array;
}

interface Scored extends Compared {
  readonly fit: SingleFit;
  readonly spec: CandidateSpec;
}

/** ‖u‖²: of the rows as they are, and of what they are drawn from. */
interface UserSelf {
  readonly ofRows: number;
  readonly unbiased: number;
}

function sameSelf(ofRows: number): UserSelf {
  return { ofRows, unbiased: ofRows };
}

/** How candidates are compared with the rows, and with each other. */
interface Comparison {
  /** Where it is not that of the kernel. */
  readonly user?: UserSelf;
  compare(candidate: CandidateSpec): Promise<Compared>;
  /** ⟨v, w⟩ of two that were compared. */
  between(one: CandidateSpec, other: CandidateSpec): number;
}

function onOwnPoints(rows: LoadedRows, gamma: number): Comparison {
  return {
    async compare({ rkme, radiusSquared }) {
      const { points, weights } = rkme;
      const means = await rows.kernelMeans(points, gamma);
      const cross = means.reduce((sum, mean, j) => sum + mean * weights[j]!, 0);
      const { squaredDistance } = await rows.nearest(points);
      const covered = Uint8Array.from(squaredDistance, (value) => (value <= radiusSquared ? 1 : 0));
      return { cross, self: innerProduct(rkme, rkme), covered };
    },
    between: (one, other) => innerProduct(one.rkme, other.rkme),
  };
}

function onBookRows(rows: BookRows): Comparison {
  const embedded = new Map<CandidateSpec, Float64Array>();
  return {
    async compare(candidate) {
      const weights = candidate.bookWeights!;
      const means = rows.embed(weights);
      embedded.set(candidate, means);
      const covered = rows.covered(weights, candidate.radiusSquared);
      return { cross: dot(rows.means, weights), self: dot(means, weights), covered };
    },
    between: (one, other) => dot(embedded.get(one)!, other.bookWeights!),
  };
}

function inMainDirections(rows: BookRows): Comparison {
  const main = new MainDirections(rows);
  const user = main.place(rows.means);
  const placed = new Map<CandidateSpec, Float64Array>();
  return {
    user: selfInMainDirections(main, rows, dot(user, user)),
    async compare(candidate) {
      const weights = candidate.bookWeights!;
      const place = main.place(rows.embed(weights));
      placed.set(candidate, place);
      const covered = rows.covered(weights, candidate.radiusSquared);
      return { cross: dot(user, place), self: dot(place, place), covered };
    },
    between: (one, other) => dot(placed.get(one)!, placed.get(other)!),
  };
}

/** The mean of n rows lies farther out than what they are drawn from by what one row does on average, divided by n. */
function selfInMainDirections(main: MainDirections, rows: BookRows, ofRows: number): UserSelf {
  const n = rows.rows;
  if (n < 2) return sameSelf(ofRows);
  const chosen = sampleIndices(n, Math.min(n, SELF_SAMPLE), seededRandom(1));
  let total = 0;
  for (const row of chosen) {
    const place = main.place(rows.at(row));
    total += dot(place, place);
  }
  return { ofRows, unbiased: Math.max(0, (n * ofRows - total / chosen.length) / (n - 1)) };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + value * b[j]!, 0);
}

/** ‖u‖² = mean over pairs of rows of k, estimated by a sample of rows against all of them. */
async function selfTerm(rows: LoadedRows, x: Matrix<Float32Array>, gamma: number): Promise<number> {
  const chosen = sampleIndices(x.rows, SELF_SAMPLE, seededRandom(1));
  const points = zeros(chosen.length, x.cols);
  chosen.forEach((row, i) => {
    points.data.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), i * x.cols);
  });
  const means = await rows.kernelMeans(points, gamma);
  return means.reduce((sum, mean) => sum + mean, 0) / means.length;
}

function mix(
  pool: readonly Scored[],
  { between }: Pick<Comparison, "between">,
  user: UserSelf,
  rowCount: number,
): MixtureFit | null {
  if (pool.length < 2) return null;
  const gram = zeros(pool.length, pool.length);
  for (let i = 0; i < pool.length; i++) {
    for (let j = 0; j <= i; j++) {
      const value = i === j ? pool[i]!.self : between(pool[i]!.spec, pool[j]!.spec);
      gram.data[i * pool.length + j] = value;
      gram.data[j * pool.length + i] = value;
    }
  }
  const target = Float64Array.from(pool, ({ cross }) => cross);
  const found = greedyMixture(gram, target, user.ofRows, { maxMembers: MOST_MEMBERS });
  if (!found || found.members.length < 2) return null;
  let cross = 0;
  let self = 0;
  const covered = new Uint8Array(rowCount);
  for (const { index, weight } of found.members) {
    cross += weight * target[index]!;
    for (const other of found.members) {
      self += weight * other.weight * gram.data[index * pool.length + other.index]!;
    }
    pool[index]!.covered.forEach((hit, row) => {
      if (hit) covered[row] = 1;
    });
  }
  return {
    members: found.members.map(({ index, weight }) => ({ id: pool[index]!.fit.id, weight })),
    ...fitOf(user, cross, self),
    coverage: share(covered),
  };
}

function fitOf(
  { ofRows, unbiased }: UserSelf,
  cross: number,
  self: number,
): Pick<Fit, "mmd2" | "similarity"> {
  return {
    mmd2: Math.max(0, ofRows - 2 * cross + self),
    similarity: Math.min(1, Math.max(0, (2 * cross) / (unbiased + self))),
  };
}

function share(hits: Uint8Array): number {
  return hits.length === 0 ? 0 : hits.reduce((sum, hit) => sum + hit, 0) / hits.length;
}
