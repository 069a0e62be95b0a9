import type { SemanticSpecification } from "../../learnware/manifest";
import { type Size, sizeClassOf } from "../catalogue/size";
import { type Skill, skillClassOf } from "../catalogue/skill";
import { relevance, type Said, searchKeysOf, wantedOf } from "./relevance";

const taggedKeys = ["Data", "Task", "Library", "Scenario", "License"] as const;
type TaggedKey = (typeof taggedKeys)[number];

/** What a user wants of a learnware beside its distribution; every part that is given must hold. */
export interface SemanticFilter {
  /** Of a key, any value will do; different keys must all hold: `{ Task: ["Regression"] }`. */
  readonly tags?: Readonly<Partial<Record<TaggedKey, readonly string[] | undefined>>> | undefined;
  /** What it is to be about, in English or Chinese. */
  readonly text?: string | undefined;
  /** `exact`: as a part of name or description, whatever the case. `fuzzy`: by what the words mean, also misspelt. */
  readonly textMode?: "exact" | "fuzzy" | undefined;
  readonly target?: string | undefined;
  /** Any of them will do; none is any. */
  readonly sizes?: readonly Size[] | undefined;
  readonly skills?: readonly Skill[] | undefined;
}

/** What a filter looks at. */
export interface Described extends Said {
  readonly sizeBytes: number;
  readonly skill: number | null;
}

/** `key:value` of every value of the keys that a filter may name. */
export function tagsOf(semantic: SemanticSpecification): string[] {
  return taggedKeys.flatMap((key) => semantic[key].Values.map((value) => `${key}:${value}`));
}

/**
 * A filter as a function, for searches without a database.
 *
 * @returns A function to how well a learnware is what the text asks for, in [0, 1], and 0 if no text is asked; null if
 *   the learnware does not pass.
 */
export function matcherOf({
  tags = {},
  text = "",
  textMode = "fuzzy",
  target,
  sizes = [],
  skills = [],
}: SemanticFilter): (one: Described) => number | null {
  const wanted = Object.entries(tags).flatMap(([key, values]) =>
    values?.length ? [new Set(values.map((value) => `${key}:${value}`))] : [],
  );
  const match = textMode === "exact" ? exactly(text) : byMeaning(text);
  return (one) => {
    if (target !== undefined && one.target !== target) return null;
    if (!wanted.every((values) => one.tags.some((tag) => values.has(tag)))) return null;
    if (sizes.length > 0 && !sizes.includes(sizeClassOf(one.sizeBytes))) return null;
    if (skills.length > 0 && !skills.includes(skillClassOf(one.skill))) return null;
    return text.trim() === "" ? 0 : match(one);
  };
}

function exactly(text: string): (one: Described) => number | null {
  const asked = text.trim().toLowerCase();
  return ({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(asked) ? 1 : null;
}

function byMeaning(text: string): (one: Described) => number | null {
  const wanted = wantedOf(text);
  return (one) => relevance(wanted, keysOf(one));
}

/** As `searchKeysOf` made them: a tab searches the same texts again and again. */
const known = new WeakMap<Described, ReadonlySet<string>>();

function keysOf(one: Described): ReadonlySet<string> {
  const keys = known.get(one) ?? new Set(searchKeysOf(one));
  known.set(one, keys);
  return keys;
}
