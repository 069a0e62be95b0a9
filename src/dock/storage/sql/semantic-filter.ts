import type { SemanticFilter } from "../../../engine/search/words/semantic-filter";
import type { SqlValue } from "../database/database";

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
