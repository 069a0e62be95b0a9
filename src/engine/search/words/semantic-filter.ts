import type { SemanticSpecification } from "../../learnware/manifest";
import { wordsOf, wordSimilarity } from "./word-similarity";

const taggedKeys = ["Data", "Task", "Library", "Scenario", "License"] as const;
type TaggedKey = (typeof taggedKeys)[number];

/** What a user wants of a learnware beside its distribution; every part that is given must hold. */
export interface SemanticFilter {
  /** Of a key, any value will do; different keys must all hold: `{ Task: ["Regression"] }`. */
  readonly tags?: Readonly<Partial<Record<TaggedKey, readonly string[] | undefined>>> | undefined;
  /** Found in name or description. */
  readonly text?: string | undefined;
  /** `exact`: as a part of the text, whatever the case. `fuzzy` also forgives misspelling. */
  readonly textMode?: "exact" | "fuzzy" | undefined;
  readonly target?: string | undefined;
}

/** What a filter looks at. */
export interface Described {
  readonly name: string;
  readonly description: string;
  /** As `tagsOf` has them. */
  readonly tags: readonly string[];
  readonly target: string;
}

/** The least `wordSimilarity` that a misspelt text needs; a store's index is set to the same. */
export const LEAST_SIMILARITY = 0.4;

/** `key:value` of every value of the keys that a filter may name. */
export function tagsOf(semantic: SemanticSpecification): string[] {
  return taggedKeys.flatMap((key) => semantic[key].Values.map((value) => `${key}:${value}`));
}

/**
 * A filter as a function, for searches without a database. Words are those of the text alone: quotes,
 * `or` and `-` have no meaning.
 *
 * @returns A function to how well a learnware's text matches, in [0, 1], and 0 if no text is asked
 *   for; null if the learnware does not pass.
 */
export function matcherOf({
  tags = {},
  text = "",
  textMode = "fuzzy",
  target,
}: SemanticFilter): (one: Described) => number | null {
  const wanted = Object.entries(tags).flatMap(([key, values]) =>
    values?.length ? [new Set(values.map((value) => `${key}:${value}`))] : [],
  );
  const asked = text.trim().toLowerCase();
  return (one) => {
    if (target !== undefined && one.target !== target) return null;
    if (!wanted.every((values) => one.tags.some((tag) => values.has(tag)))) return null;
    return asked === "" ? 0 : textMatch(asked, `${one.name} ${one.description}`, textMode);
  };
}

function textMatch(asked: string, text: string, mode: "exact" | "fuzzy"): number | null {
  const lowered = text.toLowerCase();
  if (lowered.includes(asked)) return 1;
  if (mode === "exact") return null;
  const similarity = wordSimilarity(asked, lowered);
  return similarity >= LEAST_SIMILARITY || hasWords(lowered, asked) ? similarity : null;
}

function hasWords(text: string, asked: string): boolean {
  const words = new Set(wordsOf(text));
  const wanted = wordsOf(asked);
  return wanted.length > 0 && wanted.every((word) => words.has(word));
}
