/** @file Apart from `filter.ts`, because it brings a dictionary. */

import type { LearnwareCard } from "../../contracts/http/dock-api";
import { skillOf } from "../../engine/search/catalogue/skill";
import { matcherOf, tagsOf } from "../../engine/search/words/semantic-filter";
import type { Narrowing } from "./filter";

/** Whether a learnware is what is wanted, decided here as the dock would. */
export function passes({ task, filter = {} }: Narrowing): (card: LearnwareCard) => boolean {
  const match = matcherOf(filter);
  return (card) => {
    const { name, description, target, semantic, sizeBytes, translations } = card;
    if (task !== undefined && card.task !== task) return false;
    const about = { name, description, target, tags: tagsOf(semantic), sizeBytes };
    const skill = skillOf(card.metrics);
    return match({ ...about, skill, translations }) !== null;
  };
}
