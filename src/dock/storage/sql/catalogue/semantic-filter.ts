import { SIZE_BOUNDS, SIZES } from "../../../../engine/search/catalogue/size";
import { SKILL_BOUNDS, SKILLS } from "../../../../engine/search/catalogue/skill";
import { isNear } from "../../../../engine/search/words/near-words";
import {
  LEAST_RELEVANCE,
  NAME_COUNTS,
  NEAR_COUNTS,
  type Wanted,
  wantedOf,
} from "../../../../engine/search/words/relevance";
import type { SemanticFilter } from "../../../../engine/search/words/semantic-filter";
import type { Sql, SqlValue } from "../../database/database";

/** Values of a statement, as they are placed in it. */
export class Values {
  readonly #first: number;
  readonly list: SqlValue[] = [];

  /** @param first - The number of the first one. */
  constructor(first: number) {
    this.#first = first;
  }

  /** What stands for a value in the statement. */
  place(value: SqlValue): string {
    return `$${this.#first + this.list.push(value) - 1}`;
  }
}

/** Which size and skill a learnware is of, as text. */
export const sizeOf = `(array[${quoted(SIZES)}])[1 + width_bucket(l.size_bytes::float8, array[${SIZE_BOUNDS.join()}]::float8[])]`;
export const skillClass = `case when l.skill is null then '${SKILLS[3]}' when l.skill >= ${SKILL_BOUNDS.strong} then '${SKILLS[0]}'
  when l.skill >= ${SKILL_BOUNDS.fair} then '${SKILLS[1]}' else '${SKILLS[2]}' end`;

/** Words that a misspelt one may stand for; more would be no help. */
const MOST_NEAR = 500;

/** What a text asks for, with the words of this dock that its unknown ones may stand for; null without such a text. */
export async function wantedIn(
  sql: Sql,
  { text = "", textMode = "fuzzy" }: SemanticFilter,
): Promise<Wanted[] | null> {
  if (text.trim() === "" || textMode === "exact") return null;
  return Promise.all(
    wantedOf(text).map(async ({ term, near }) => {
      const { unknown } = term;
      if (unknown === null || !/^[a-z]{3}/.test(unknown)) return { term, near };
      const rows = await sql.query<{ word: string }>(
        `select word from search_word where word >= $1 and word < $2 order by word`,
        [unknown[0]!, String.fromCharCode(unknown.charCodeAt(0) + 1)],
      );
      const words = rows.map(({ word }) => word).filter((word) => isNear(unknown, word));
      return { term, near: [...near, ...words.slice(0, MOST_NEAR)] };
    }),
  );
}

/**
 * A filter in SQL on a learnware `l`.
 *
 * @param wanted - As `wantedIn` has it.
 */
export function conditionsOf(
  { tags = {}, text = "", target, sizes = [], skills = [] }: SemanticFilter,
  wanted: readonly Wanted[] | null,
  values: Values,
): string[] {
  const conditions: string[] = [];
  for (const [key, chosen] of Object.entries(tags)) {
    if (!chosen?.length) continue;
    conditions.push(`l.tags && ${values.place(chosen.map((value) => `${key}:${value}`))}::text[]`);
  }
  if (target !== undefined) conditions.push(`l.target = ${values.place(target)}`);
  if (sizes.length > 0) conditions.push(`${sizeOf} = any(${values.place(sizes)}::text[])`);
  if (skills.length > 0) conditions.push(`${skillClass} = any(${values.place(skills)}::text[])`);
  if (wanted) return [...conditions, ...meant(wanted, values)];
  const asked = text.trim().toLowerCase();
  if (asked === "") return conditions;
  const part = values.place(`%${asked.replace(/[\\%_]/g, "\\$&")}%`);
  return [...conditions, `l.search_text like ${part}`];
}

function meant(wanted: readonly Wanted[], values: Values): string[] {
  if (wanted.length === 0) return ["false"];
  // The index finds those that can come so far; of one or two terms no learnware may lack any.
  const each = wanted.map(({ term: { keys }, near }) => `(${anyOf([...keys, ...near])})`);
  const index = values.place(each.join(wanted.length <= 2 ? " & " : " | "));
  return [`l.words @@ ${index}::tsquery`, `${shareOf(wanted, values)} >= ${LEAST_RELEVANCE}`];
}

/** How well a learnware `l` is what is wanted, in [0, 1]: the same sum as `relevance` of the engine. */
export function relevanceOf(wanted: readonly Wanted[] | null, values: Values): string {
  if (!wanted?.length) return "0";
  const named = wanted.map(({ term: { keys } }) => {
    return `case when ${has(
      keys.map((key) => `^${key}`),
      values,
    )} then 1 else 0 end`;
  });
  return `(${1 - NAME_COUNTS} * ${shareOf(wanted, values)}
    + ${NAME_COUNTS} * (${named.join(" + ")})::float8 / ${wanted.length})`;
}

function shareOf(wanted: readonly Wanted[], values: Values): string {
  const there = wanted.map(({ term: { keys }, near }) => {
    const nearly = near.length > 0 ? ` when ${has(near, values)} then ${NEAR_COUNTS}` : "";
    return `case when ${has(keys, values)} then 1${nearly} else 0 end`;
  });
  return `(${there.join(" + ")})::float8 / ${wanted.length}`;
}

function has(keys: readonly string[], values: Values): string {
  return `l.words @@ ${values.place(anyOf(keys))}::tsquery`;
}

function anyOf(keys: readonly string[]): string {
  return keys.map((key) => `'${key}'`).join(" | "); // Letters, digits, ~ and ^ only.
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join();
}
