/** @file How the market of the Python package `learnware` 0.3.2 matches descriptions, exactly and fuzzily. */

import { partialRatio } from "./partial-ratio";

/** One key of a semantic specification, as the package matches it; `Input` and `Output` have no values. */
interface SemanticEntry {
  readonly Values?: string | readonly string[] | undefined;
  readonly Type?: string | undefined;
}

export type Semantic = Readonly<Record<string, SemanticEntry | undefined>>;

/** A learnware as the semantic search sees it. */
export interface Described {
  readonly id: string;
  readonly semantic: Semantic;
}

/** Least percentage that a fuzzy match needs. */
const LEAST_RATIO = 75;
const MOST_FUZZY = 50_000;

/**
 * Learnwares that fit every key of a request that has values and that they have too: `learnware_id`
 * equal, `Name` and `Description` found in the name or the description, whatever the case, the value
 * of a class among those wanted, and one of the tags wanted.
 *
 * @returns In the given order.
 */
export function searchExactly<T extends Described>(
  learnwares: readonly T[],
  request: Semantic,
): T[] {
  const wantedId = idOf(request);
  return learnwares.filter(
    (learnware) =>
      (wantedId === "" || learnware.id === wantedId) &&
      fitsTags(learnware.semantic, request) &&
      ["Name", "Description"].every((key) => mentions(learnware, textOf(request, key))),
  );
}

/**
 * The search in use: as `searchExactly`, but `learnware_id` need only be part of the id, and
 * `Description` is ignored. If the `Name` asked for is found in none, those whose name or description
 * has a stretch similar to it by 75 % or more (`partialRatio`).
 *
 * @returns In the given order; after fuzzy matching by similarity, the highest first, 50 000 at most.
 */
export function searchFuzzily<T extends Described>(
  learnwares: readonly T[],
  request: Semantic,
): T[] {
  const wantedId = idOf(request);
  const fitting = learnwares.filter(
    ({ id, semantic }) => id.includes(wantedId) && fitsTags(semantic, request),
  );
  const wanted = textOf(request, "Name");
  const exact = fitting.filter((learnware) => mentions(learnware, wanted));
  if (wanted === "" || exact.length > 0) return exact;
  return fitting
    .map((learnware) => ({ learnware, ratio: bestRatio(learnware, wanted) }))
    .filter(({ ratio }) => ratio >= LEAST_RATIO)
    .sort((a, b) => b.ratio - a.ratio)
    .slice(0, MOST_FUZZY)
    .map(({ learnware }) => learnware);
}

function fitsTags(semantic: Semantic, request: Semantic): boolean {
  return Object.entries(request).every(([key, entry]) => {
    const theirs = semantic[key];
    const wanted = listOf(entry?.Values);
    if (wanted.length === 0 || !theirs) return true;
    if (entry?.Type !== "Class" && entry?.Type !== "Tag") return true;
    const values = listOf(theirs.Values);
    return (entry.Type === "Class" ? values.slice(0, 1) : values).some((v) => wanted.includes(v));
  });
}

function mentions({ semantic }: Described, lowered: string): boolean {
  return (
    textOf(semantic, "Name").includes(lowered) || textOf(semantic, "Description").includes(lowered)
  );
}

function bestRatio({ semantic }: Described, lowered: string): number {
  return Math.max(
    partialRatio(lowered, textOf(semantic, "Name")),
    partialRatio(lowered, textOf(semantic, "Description")),
  );
}

/** The id asked for, as it is. */
function idOf(request: Semantic): string {
  const values = request["learnware_id"]?.Values;
  return typeof values === "string" ? values : "";
}

/** The text of a key, in lower case. */
function textOf(semantic: Semantic, key: string): string {
  const values = semantic[key]?.Values;
  return typeof values === "string" ? values.toLowerCase() : "";
}

function listOf(values: string | readonly string[] | undefined): readonly string[] {
  if (values === undefined || values === "") return [];
  return typeof values === "string" ? [values] : values;
}
