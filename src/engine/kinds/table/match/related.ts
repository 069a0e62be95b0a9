/** @file Islands whose features mean similar things as a table's columns, though they have other names. */

import { type Matrix, zeros } from "../../../ground/matrix";
import type { ColumnProfile } from "../columns/profile";
import { assign } from "./assignment";
import { bestFirst } from "./best-first";
import { ColumnIndex } from "./column-index";
import {
  columnSimilarity,
  LEAST_NAME,
  readColumn,
  type ReadColumn,
  readFeature,
} from "./column-similarity";
import { MeaningIndex } from "./names/meaning-index";
import type { Space } from "../space/space";
import { pairOf } from "./match-detail";
import {
  type IslandMatch,
  type MatchDetail,
  matchIsland,
  MOST_LOOKED_AT,
  summarise,
} from "./match";

/** Pairs less alike than this are not offered. */
const LIKELY = 0.55;
/** Steps of the assignment, of about a nanosecond. Beyond them the likeliest pairs are made first. */
const MOST_STEPS = 1e8;

/**
 * The islands a table could belong to: those that fit, then those that are related, then the others; each
 * kind best first.
 */
export function rankIslands(
  islands: readonly Space[],
  columns: readonly ColumnProfile[],
): IslandMatch[] {
  const read = columns.map(readColumn);
  const index = new ColumnIndex(columns);
  const meanings = new MeaningIndex(read.map(({ meaning }) => meaning));
  return islands
    .map((island) => {
      const match = matchIsland(island, columns, index);
      return match.fits ? match : addLikely(island, match, read, meanings);
    })
    .sort(bestFirst);
}

interface Likely {
  readonly feature: number;
  readonly column: number;
  readonly confidence: number;
  readonly reason: MatchDetail["reason"];
}

/**
 * The same match with features that had no column given those that are likely to mean the same: the
 * assignment with the largest sum of similarities, of which each is at least 0.55.
 */
function addLikely(
  island: Space,
  match: IslandMatch,
  columns: readonly ReadColumn[],
  meanings: MeaningIndex,
): IslandMatch {
  const used = new Set(match.details.map(({ column }) => column));
  const likely = island.features.flatMap((feature, i): Likely[] => {
    if (match.details[i]!.column !== null) return [];
    const read = readFeature(feature);
    const pairs: Likely[] = [];
    const look = (column: number, name: number | null) => {
      if (used.has(column)) return;
      const { overall: confidence } = columnSimilarity(columns[column]!, read, name);
      if (confidence < LIKELY) return;
      const reason = name === null ? "similar_values" : "similar_meaning";
      pairs.push({ feature: i, column, confidence, reason });
    };
    for (const [column, name] of meanings.alike(read.meanings, LEAST_NAME)) look(column, name);
    for (const column of meanings.untelling) look(column, null);
    pairs.sort((a, b) => b.confidence - a.confidence || a.column - b.column);
    return pairs.slice(0, MOST_LOOKED_AT);
  });
  if (likely.length === 0) return match;
  const details = [...match.details];
  for (const { feature: i, column, confidence, reason } of best(likely)) {
    const feature = island.features[i]!;
    details[i] = pairOf(columns[column]!.profile, column, feature, { confidence, reason });
  }
  return summarise(island, details);
}

/** Pairs of which no two share a feature or a column, with the largest sum of confidence. */
function best(likely: readonly Likely[]): Likely[] {
  return together(likely).flatMap(bestOfGroup);
}

/** Pairs in groups that have no feature and no column in common: what is best for each is best for all. */
function together(likely: readonly Likely[]): Likely[][] {
  const groupOf = new Map<string, Likely[]>();
  for (const pair of likely) {
    const [byFeature, byColumn] = [`f${pair.feature}`, `c${pair.column}`];
    const [one, other] = [groupOf.get(byFeature), groupOf.get(byColumn)];
    const [large, small] = (one?.length ?? 0) < (other?.length ?? 0) ? [other, one] : [one, other];
    const group = large ?? [];
    for (const moved of small && small !== large ? small : []) {
      group.push(moved);
      groupOf.set(`f${moved.feature}`, group).set(`c${moved.column}`, group);
    }
    group.push(pair);
    groupOf.set(byFeature, group).set(byColumn, group);
  }
  return [...new Set(groupOf.values())];
}

function bestOfGroup(likely: readonly Likely[]): Likely[] {
  const features = [...new Set(likely.map(({ feature }) => feature))];
  const columns = [...new Set(likely.map(({ column }) => column))].sort((a, b) => a - b);
  if (features.length === likely.length && columns.length === likely.length) return [...likely];
  // It takes rows² · (rows + columns) steps: the fewer of the two are the rows.
  const isWide = features.length <= columns.length;
  const [rows, cols] = isWide ? [features, columns] : [columns, features];
  if (rows.length ** 2 * (rows.length + cols.length) > MOST_STEPS) return likeliestFirst(likely);
  const [rowOf, colOf] = [placesOf(rows), placesOf(cols)];
  const gains: Matrix = zeros(rows.length, cols.length);
  const pairs = new Map<number, Likely>();
  for (const pair of likely) {
    const [row, col] = isWide ? [pair.feature, pair.column] : [pair.column, pair.feature];
    const at = rowOf.get(row)! * cols.length + colOf.get(col)!;
    gains.data[at] = pair.confidence;
    pairs.set(at, pair);
  }
  return [...assign(gains)].flatMap((col, row) => pairs.get(row * cols.length + col) ?? []);
}

/** At least half of the largest sum, in the time that sorting takes. */
function likeliestFirst(likely: readonly Likely[]): Likely[] {
  const features = new Set<number>();
  const columns = new Set<number>();
  return likely
    .toSorted((a, b) => b.confidence - a.confidence)
    .filter(({ feature, column }) => {
      if (features.has(feature) || columns.has(column)) return false;
      features.add(feature);
      columns.add(column);
      return true;
    });
}

function placesOf(some: readonly number[]): Map<number, number> {
  return new Map(some.map((one, place) => [one, place]));
}
