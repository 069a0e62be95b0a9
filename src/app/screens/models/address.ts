/** @file What is asked for, and how the address says it: `#/models?q=house+prices&task=Regression`. */

import type { SearchRequest } from "../../../contracts/http/dock-api";

export const FACETS = ["data", "task", "scenario", "island", "size", "skill", "licence"] as const;
export type Facet = (typeof FACETS)[number];
export const ORDERS = ["best", "name", "size", "rows", "skill"] as const;
type Order = (typeof ORDERS)[number];

export interface Asked {
  readonly text: string;
  readonly order: Order;
  readonly chosen: Readonly<Record<Facet, readonly string[]>>;
}

const MOST_LETTERS = 200;
const MOST_VALUES = 20;
const SIZES = ["tiny", "small", "medium", "large", "huge"] as const;
const SKILLS = ["strong", "fair", "weak", "unmeasured"] as const;

export const nothingAsked: Asked = askedIn(new URLSearchParams());

/** What an address asks for; what it cannot ask for is left out. */
export function askedIn(query: URLSearchParams): Asked {
  const values = (facet: Facet) =>
    [...new Set(query.getAll(facet))]
      .filter((value) => isValue(facet, value))
      .slice(0, MOST_VALUES);
  return {
    text: (query.get("q") ?? "").slice(0, MOST_LETTERS),
    order: ORDERS.find((order) => order === query.get("order")) ?? "best",
    chosen: {
      data: values("data"),
      task: values("task"),
      scenario: values("scenario"),
      island: values("island"),
      size: values("size"),
      skill: values("skill"),
      licence: values("licence"),
    },
  };
}

export function addressOf({ text, order, chosen }: Asked): URLSearchParams {
  const query = new URLSearchParams();
  if (text.trim() !== "") query.set("q", text.trim());
  for (const facet of FACETS) for (const value of chosen[facet]) query.append(facet, value);
  if (order !== "best") query.set("order", order);
  return query;
}

/** Chosen, or not chosen any more. */
export function toggled(asked: Asked, facet: Facet, value: string): Asked {
  const before = asked.chosen[facet];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return { ...asked, chosen: { ...asked.chosen, [facet]: after.slice(0, MOST_VALUES) } };
}

export function countChosen({ chosen }: Asked): number {
  return FACETS.reduce((sum, facet) => sum + chosen[facet].length, 0);
}

export function requestOf({ text, order, chosen }: Asked): SearchRequest {
  const { data, task, licence, scenario, island, size, skill } = chosen;
  const tags = {
    ...(data.length > 0 && { Data: [...data] }),
    ...(task.length > 0 && { Task: [...task] }),
    ...(licence.length > 0 && { License: [...licence] }),
    ...(scenario.length > 0 && { Scenario: [...scenario] }),
  };
  const filter = {
    ...(text.trim() !== "" && { text: text.trim() }),
    ...(Object.keys(tags).length > 0 && { tags }),
    ...(size.length > 0 && { sizes: SIZES.filter((one) => size.includes(one)) }),
    ...(skill.length > 0 && { skills: SKILLS.filter((one) => skill.includes(one)) }),
  };
  return {
    facets: true,
    ...(Object.keys(filter).length > 0 && { filter }),
    ...(island.length > 0 && { islandIds: [...island] }),
    ...(order !== "best" && { order }),
  };
}

function isValue(facet: Facet, value: string): boolean {
  if (facet === "size") return SIZES.some((one) => one === value);
  if (facet === "skill") return SKILLS.some((one) => one === value);
  if (facet === "island") return /^[a-z0-9][a-z0-9-]{0,62}$/.test(value);
  return value !== "" && value.length <= 100;
}
