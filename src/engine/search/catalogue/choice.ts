import type { SemanticFilter } from "../words/semantic-filter";
import { type Choice, FACET_TAGS } from "./facets";

/** The parts of a query that choose values of facets. */
export interface Choosing {
  readonly filter: SemanticFilter;
  readonly islandIds?: readonly string[] | undefined;
}

export function choiceOf({ filter: { tags = {}, sizes, skills }, islandIds }: Choosing): Choice {
  const { data, task, licence, scenario } = FACET_TAGS;
  return {
    data: tags[data],
    task: tags[task],
    licence: tags[licence],
    scenario: tags[scenario],
    island: islandIds,
    size: sizes,
    skill: skills,
  };
}

/** What is left of a filter without them: its text, its target, and the libraries. */
export function withoutChoice({ tags, text, textMode, target }: SemanticFilter): SemanticFilter {
  return { text, textMode, target, ...(tags?.Library && { tags: { Library: tags.Library } }) };
}
