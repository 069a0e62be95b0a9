import type { LearnwareCard, SearchRequest } from "../../contracts/http/dock-api";
import type { Scenario } from "../../engine/learnware/semantic-values";

export type Task = LearnwareCard["task"];

/** What a user asks of learnwares beside that they fit; null: any. */
export interface Filter {
  /** To be found in name or description; empty: any. */
  readonly text: string;
  readonly task: Task | null;
  readonly scenario: Scenario | null;
  readonly licence: string | null;
}

export const noFilter: Filter = { text: "", task: null, scenario: null, licence: null };

/** The part of a request that says them; empty if there are none. */
export type Narrowing = Pick<SearchRequest, "task" | "filter">;

export function isNarrowing({ text, task, scenario, licence }: Filter): boolean {
  return text.trim() !== "" || task !== null || scenario !== null || licence !== null;
}

/** @param target - Only learnwares that predict this; null: any. */
export function narrowingOf(
  { text: entered, task, scenario, licence }: Filter,
  target: string | null = null,
): Narrowing {
  const text = entered.trim();
  const tags = {
    ...(scenario !== null && { Scenario: [scenario] }),
    ...(licence !== null && { License: [licence] }),
  };
  const filter = {
    ...(text !== "" && { text }),
    ...(target !== null && { target }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
  return {
    ...(task !== null && { task }),
    ...(Object.keys(filter).length > 0 && { filter }),
  };
}
