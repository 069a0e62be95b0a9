/** @file The market search of the Python package `learnware` 0.3.2 (its "easy" searcher), step by step. */

import { EngineError } from "../engine/ground/errors";
import { countShown, liftLone, scoresOfDistances } from "../engine/search/scores/relative-scores";
import { mixAutomatically, mixGreedily, type Mixture } from "./mixtures";
import { type Described, type Semantic, searchFuzzily } from "./semantic-search";
import {
  specificationDistance,
  type SpecificationType,
  specificationTypes,
  type StatSpecification,
} from "./specification";

/** A learnware as the statistical search sees it. */
export interface Specified {
  readonly id: string;
  /** At most one of each type. */
  readonly specifications: readonly StatSpecification[];
}

/** How a mixture is searched: one learnware at a time, or from the weights of all at once. */
export type SearchMethod = "greedy" | "auto";

export interface SearchOptions {
  /** Most learnwares in a mixture, and the square root of how many it may be chosen from; 5 unless told. */
  readonly maxSearchNum?: number;
  /** `greedy` unless told. */
  readonly method?: SearchMethod;
}

/** A learnware and its squared MMD to the user. */
export interface Candidate {
  readonly id: string;
  readonly specification: StatSpecification;
  readonly distance: number;
}

export interface SearchResult {
  /** Best first. The score is null where no statistical specification was given. */
  readonly singles: readonly { readonly id: string; readonly score: number | null }[];
  /** Of two or more learnwares; null where there is none, or where it is no better than the best single. */
  readonly mixture: (Mixture & { readonly score: number }) | null;
}

/** What a user asks for. */
export interface UserInfo {
  readonly semantic: Semantic;
  /** Of the types given, the first in the order of `specificationTypes` is used. */
  readonly specifications: readonly StatSpecification[];
}

/**
 * The whole search: those whose description fits, then, if a statistical specification is given,
 * the nearest of them and the best mixture.
 *
 * @throws EngineError `bad_specification` if the user's specification has no finite distance to itself.
 */
export function searchMarket(
  learnwares: readonly (Described & Specified)[],
  { semantic, specifications }: UserInfo,
  options: SearchOptions = {},
): SearchResult {
  const described = searchFuzzily(learnwares, semantic);
  const user = preferred(specifications);
  if (!user || described.length === 0) {
    return { singles: described.map(({ id }) => ({ id, score: null })), mixture: null };
  }
  return searchByDistance(described, user, options);
}

/**
 * The statistical search: singles by squared MMD, a mixture of the nearest, and scores relative to
 * all of these. No mixture is tried if the nearest is at distance 0.
 *
 * Source: Wu, Xu, Liu, Zhou, "Model Reuse with Reduced Kernel Mean Embedding Specification", TKDE
 * 2023, for the mixture; the scores are the package's own.
 *
 * @throws EngineError `bad_specification` if the user's specification has no finite distance to itself.
 */
export function searchByDistance(
  learnwares: readonly Specified[],
  user: StatSpecification,
  { maxSearchNum = 5, method = "greedy" }: SearchOptions = {},
): SearchResult {
  const self = specificationDistance(user, user);
  if (!Number.isFinite(self)) {
    throw new EngineError("bad_specification", `the specification's distance to itself is ${self}`);
  }
  const sorted = rankSingles(learnwares, user);
  const found = findMixture(sorted, user, maxSearchNum, method);
  const mixture = found && found.members.length > 1 ? found : null;
  return scored(sorted, mixture, user.type);
}

/**
 * Learnwares that can be compared with the user, the nearest first: with a specification of the
 * same type and sample shape, for texts in all the user's languages, and at a finite distance.
 * Equal distances stay in the given order.
 */
export function rankSingles(
  learnwares: readonly Specified[],
  user: StatSpecification,
): readonly Candidate[] {
  return comparable(learnwares, user)
    .map(({ id, specification }) => {
      return { id, specification, distance: specificationDistance(specification, user) };
    })
    .filter(({ distance }) => Number.isFinite(distance))
    .sort((a, b) => a.distance - b.distance);
}

/** Learnwares with a specification of the user's type and sample shape, for texts in all the user's languages. */
export function comparable(
  learnwares: readonly Specified[],
  user: StatSpecification,
): readonly Omit<Candidate, "distance">[] {
  return learnwares.flatMap(({ id, specifications }) => {
    const specification = specifications.find(({ type }) => type === user.type);
    if (specification?.sampleShape.join() !== user.sampleShape.join()) return [];
    return speaks(specification, user) ? [{ id, specification }] : [];
  });
}

/**
 * The mixture of the `maxSearchNum`² nearest singles, before it is cleaned up: it may be of one.
 *
 * @param sorted - The nearest first.
 * @returns Null if there is no single, or the nearest is at distance 0.
 */
export function findMixture(
  sorted: readonly Candidate[],
  user: StatSpecification,
  maxSearchNum: number,
  method: SearchMethod,
): Mixture | null {
  if (!sorted[0] || sorted[0].distance <= 0) return null;
  const pool = sorted.slice(0, maxSearchNum * maxSearchNum);
  const mix = method === "greedy" ? mixGreedily : mixAutomatically;
  return mix(pool, user, maxSearchNum);
}

function scored(
  sorted: readonly Candidate[],
  mixture: Mixture | null,
  type: SpecificationType,
): SearchResult {
  const distances = sorted.map(({ distance }) => distance);
  if (mixture) distances.push(mixture.mmd2);
  const scores = scoresOfDistances(
    type === "RKMEImageSpecification" ? distances.map(squashImageDistance) : distances,
  );
  const singles = scores.slice(0, sorted.length);
  const ofMixture = mixture ? scores[sorted.length]! : null;
  const isNew = ofMixture !== null && percent(ofMixture) !== percent(singles[0]!);
  const lifted = liftLone(singles.slice(0, countShown(singles)), isNew ? ofMixture : null);
  return {
    singles: lifted.shown.map((score, i) => ({ id: sorted[i]!.id, score })),
    mixture: mixture && lifted.mixture !== null ? { ...mixture, score: lifted.mixture } : null,
  };
}

function preferred(specifications: readonly StatSpecification[]): StatSpecification | undefined {
  return specificationTypes
    .map((type) => specifications.find((specification) => specification.type === type))
    .find((specification) => specification !== undefined);
}

function speaks(specification: StatSpecification, user: StatSpecification): boolean {
  if (specification.type === "RKMEImageSpecification" || user.type === "RKMEImageSpecification") {
    return true;
  }
  return user.language.every((code) => specification.language.includes(code));
}

function percent(score: number): number {
  return Math.trunc(100 * score);
}

/** A distance of images of this size is 63 % of the way to none in common. */
const IMAGE_SCALE = 5e-5;

/** Squared MMD of images, which is tiny, spread over [0, 1): 1 − exp(−d / 0.00005). */
export function squashImageDistance(distance: number): number {
  return 1 - Math.exp(-distance / IMAGE_SCALE);
}
