import type { SemanticSpecification } from "../../engine/learnware/manifest";
import type { SqlValue } from "./database";

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

/** `key:value` of every value of the keys that a filter may name. */
export function tagsOf(semantic: SemanticSpecification): string[] {
  return taggedKeys.flatMap((key) => semantic[key].Values.map((value) => `${key}:${value}`));
}

/** Conditions in SQL on a learnware `l`, and the values that they count from `$first` on. */
export function conditionsOf(
  { tags = {}, text, textMode = "fuzzy", target }: SemanticFilter,
  first: number,
): { readonly conditions: string[]; readonly values: SqlValue[] } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const place = (value: SqlValue) => `$${first + values.push(value) - 1}`;
  for (const [key, wanted] of Object.entries(tags)) {
    if (!wanted?.length) continue;
    conditions.push(`l.tags && ${place(wanted.map((value) => `${key}:${value}`))}::text[]`);
  }
  if (target !== undefined) conditions.push(`l.target = ${place(target)}`);
  if (text !== undefined && text.trim() !== "") {
    const asked = text.trim().toLowerCase();
    const part = `l.search_text like ${place(`%${asked.replace(/[\\%_]/g, "\\$&")}%`)}`;
    const word = () => place(asked);
    conditions.push(
      textMode === "exact"
        ? part
        : `(${part} or l.words @@ websearch_to_tsquery('simple', ${word()}) or ${word()} <% l.search_text)`,
    );
  }
  return { conditions, values };
}
