/** @file How much islands have in common: islands of different spaces have no distance, but features and purposes of the same names. */

import { categoryKey } from "../ground/category-key";
import { type Matrix, zeros } from "../ground/matrix";
import type { Lane } from "./chart";

/** What islands are likened by. */
export interface Likened {
  readonly id: string;
  readonly spaceId: string;
  /** Names. */
  readonly features: readonly string[];
  readonly tags: readonly string[];
}

const FEATURES = 0.6;
/** Of two islands in one space, which ask different questions of the same data. */
const SAME_SPACE = 0.05;
/** More lines than these from one island say nothing. */
const MOST_LANES = 4;
const MOST_NAMES = 5;

/**
 * How unlike islands are, in [0, 1]: 0.6 for features of different names and 0.4 for different tags. What many islands have
 * counts little (inverse document frequency).
 *
 * @returns Shape [n, n], symmetric.
 */
export function unlikeness(islands: readonly Likened[]): Matrix<Float64Array> {
  const n = islands.length;
  const features = islands.map((one) => new Set(one.features.map(categoryKey)));
  const tags = islands.map((one) => new Set(one.tags));
  const ofFeatures = rarity(features);
  const ofTags = rarity(tags);
  const matrix = zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const isSame = islands[i]!.spaceId === islands[j]!.spaceId;
      const alike =
        FEATURES * overlap(features[i]!, features[j]!, ofFeatures) +
        (1 - FEATURES) * overlap(tags[i]!, tags[j]!, ofTags);
      const unlike = isSame ? SAME_SPACE : 1 - alike;
      matrix.data[i * n + j] = unlike;
      matrix.data[j * n + i] = unlike;
    }
  }
  return matrix;
}

/** Lines between islands that share features, from each to those it shares most with. */
export function lanesBetween(islands: readonly Likened[]): Lane[] {
  const named = islands.map(
    ({ features }) => new Map(features.map((name) => [categoryKey(name), name])),
  );
  const all: Lane[] = [];
  for (const [from, own] of named.entries()) {
    for (let to = from + 1; to < named.length; to++) {
      const shared = [...own].flatMap(([key, name]) => (named[to]!.has(key) ? [name] : []));
      if (shared.length === 0) continue;
      all.push({ from, to, count: shared.length, shared: shared.slice(0, MOST_NAMES) });
    }
  }
  all.sort((a, b) => b.count - a.count || a.from - b.from || a.to - b.to);
  const drawn = new Uint16Array(islands.length);
  return all.filter(({ from, to }) => {
    if (drawn[from]! >= MOST_LANES || drawn[to]! >= MOST_LANES) return false;
    drawn[from]!++;
    drawn[to]!++;
    return true;
  });
}

function rarity(sets: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const one of set) counts.set(one, (counts.get(one) ?? 0) + 1);
  return new Map([...counts].map(([one, count]) => [one, Math.log(1 + sets.length / count)]));
}

function overlap(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  weights: ReadonlyMap<string, number>,
): number {
  let both = 0;
  let either = 0;
  for (const one of a) {
    const weight = weights.get(one) ?? 0;
    either += weight;
    if (b.has(one)) both += weight;
  }
  for (const one of b) if (!a.has(one)) either += weights.get(one) ?? 0;
  return either > 0 ? both / either : 0;
}
