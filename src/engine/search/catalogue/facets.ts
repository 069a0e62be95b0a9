import type { Size } from "./size";
import type { Skill } from "./skill";

/** By what a list of learnwares can be narrowed down. */
const FACETS = ["data", "task", "licence", "scenario", "island", "size", "skill"] as const;
type Facet = (typeof FACETS)[number];

/** Keys of the semantic specification that are facets. */
export const FACET_TAGS = {
  data: "Data",
  task: "Task",
  licence: "License",
  scenario: "Scenario",
} as const;

/** Learnwares that are alike in every facet. */
export interface Alike {
  /** As `tagsOf` has them. */
  readonly tags: readonly string[];
  readonly islandId: string;
  readonly size: Size;
  readonly skill: Skill;
  readonly count: number;
}

/** What is chosen of each facet: any of its values will do; nothing is any. */
export type Choice = Readonly<Partial<Record<Facet, readonly string[] | undefined>>>;

interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export interface Facets extends Readonly<Record<Facet, ValueCount[]>> {
  /** How many pass all that is chosen. */
  readonly total: number;
}

/** Values of one facet that are told; those chosen are always among them. */
const MOST_VALUES = 60;

/**
 * How many learnwares there are of each value of each facet among those that pass what is chosen of the others, so that
 * another value of the same facet can be added.
 *
 * @returns Values by count, the most first, then by name.
 */
export function facetsOf(groups: Iterable<Alike>, choice: Choice): Facets {
  const counts = new Map(FACETS.map((facet) => [facet, new Map<string, number>()]));
  let total = 0;
  for (const group of groups) {
    const failed = FACETS.filter((facet) => !passes(group, facet, choice[facet]));
    if (failed.length === 0) total += group.count;
    // What one facet keeps out is still counted for that facet.
    for (const facet of failed.length === 0 ? FACETS : failed.length === 1 ? failed : []) {
      const of = counts.get(facet)!;
      for (const value of valuesOf(group, facet)) {
        of.set(value, (of.get(value) ?? 0) + group.count);
      }
    }
  }
  const listed = FACETS.map((facet) => [facet, list(counts.get(facet)!, choice[facet] ?? [])]);
  return { ...(Object.fromEntries(listed) as Record<Facet, ValueCount[]>), total };
}

function list(counts: ReadonlyMap<string, number>, chosen: readonly string[]): ValueCount[] {
  const missing = chosen.filter((value) => !counts.has(value));
  const all = [...counts, ...missing.map((value): [string, number] => [value, 0])]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return all.filter(({ value }, i) => i < MOST_VALUES || chosen.includes(value));
}

function passes(group: Alike, facet: Facet, wanted: readonly string[] | undefined): boolean {
  if (!wanted || (wanted.length === 0 && facet !== "island")) return true;
  return valuesOf(group, facet).some((value) => wanted.includes(value));
}

function valuesOf(group: Alike, facet: Facet): readonly string[] {
  if (facet === "island") return [group.islandId];
  if (facet === "size" || facet === "skill") return [group[facet]];
  const key = `${FACET_TAGS[facet]}:`;
  return group.tags.filter((tag) => tag.startsWith(key)).map((tag) => tag.slice(key.length));
}
