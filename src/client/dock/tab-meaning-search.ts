import { featuresOf } from "../../engine/kinds/features-of";
import type { SearchRequest, SearchResponse } from "../../contracts/http/dock-api";
import type { StaticIsland, StaticTexts } from "../../contracts/static/static-dock";
import { AppError } from "../../contracts/outcome";
import { finish } from "../../engine/ground/finish";
import { islandsByNames } from "../../engine/kinds/table/match/names/by-names";
import { choiceOf, withoutChoice } from "../../engine/search/catalogue/choice";
import { type Alike, facetsOf } from "../../engine/search/catalogue/facets";
import { type Order, placeOf } from "../../engine/search/catalogue/order";
import { sizeClassOf } from "../../engine/search/catalogue/size";
import { skillClassOf, skillOf } from "../../engine/search/catalogue/skill";
import type { Described } from "../../engine/search/words/semantic-filter";
import type { Fetching } from "./ask";
import type { StaticFiles } from "./static-files";

/** What is read of a static dock. */
export interface Shelf {
  readonly files: Pick<StaticFiles, "book" | "sketches" | "texts" | "learnware">;
  islands(fetching: Fetching): Promise<readonly StaticIsland[]>;
  /** @throws AppError `not_found` if there is none. */
  island(id: string, fetching: Fetching): Promise<StaticIsland>;
}

export type Query = ReturnType<typeof SearchRequest.parse>;

/** A result whose card is yet to be fetched. */
export interface Hit extends Omit<SearchResponse["singles"][number], "learnware"> {
  readonly listed: StaticIsland["learnwares"][number];
}

/** A `SearchResponse` before it is cut into pages. */
export interface Found extends Omit<SearchResponse, "singles" | "next"> {
  /** In the order that they are shown in. */
  readonly hits: readonly Hit[];
}

const noFit = { mmd2: null, similarity: null, coverage: null, score: null };

/** Learnwares of any islands by their tags and text, in the order that is asked for. */
export async function findByMeaning(
  shelf: Shelf,
  query: Query,
  fetching: Fetching,
): Promise<Found> {
  const { featureNames, islandIds, order = "best", facets: isCounted } = query;
  const all = await shelf.islands(fetching);
  const summaries = all.map(({ island: { id, space } }) => ({ id, features: featuresOf(space) }));
  const islands = featureNames
    ? await finish(islandsByNames(summaries, featureNames), () => breathe(fetching))
    : [];
  const named = featureNames && new Set(islands.map(({ id }) => id));
  const found: Listed[] = [];
  const alike: Alike[] = [];
  for (const one of all) {
    const { id } = one.island;
    if (named && !named.has(id)) continue;
    const isChosen = !islandIds || islandIds.includes(id);
    if (!isChosen && !isCounted) continue;
    const matches = await matchesOn(shelf, one, query, fetching);
    for (const [i, match] of matches.entries()) {
      if (match === null) continue;
      const { described, relevance, isChosen: passes } = match;
      if (isCounted) alike.push(alikeOf(described, id));
      if (isChosen && passes) found.push(listedOf(one.learnwares[i]!, described, relevance, order));
    }
  }
  found.sort((a, b) => inOrder(a.at, b.at) || (a.hit.listed.id < b.hit.listed.id ? -1 : 1));
  const choosing = { filter: query.filter ?? {}, islandIds };
  return {
    ...{ islandId: null, islands, mixture: null },
    facets: isCounted ? facetsOf(alike, choiceOf(choosing)) : null,
    hits: found.map(({ hit }) => hit),
  };
}

interface Listed {
  readonly hit: Hit;
  readonly at: number | string;
}

/** A learnware that is what a text and a target ask for. */
interface Match {
  readonly described: DescribedRows;
  readonly relevance: number;
  /** Whether it passes what else is chosen. */
  readonly isChosen: boolean;
}

interface DescribedRows extends Described {
  readonly rowCount: number;
}

/**
 * How each learnware of an island matches, in the order of its learnwares; null for those that are not what the text,
 * the target or the task ask for.
 */
export async function matchesOn(
  { files }: Shelf,
  island: StaticIsland,
  { task, filter = {}, order = "best", facets }: Query,
  fetching: Fetching,
): Promise<(Match | null)[]> {
  const isTold = filter.tags ?? filter.text ?? filter.skills;
  const isByText = isTold !== undefined || order !== "best" || facets;
  const texts = isByText ? await files.texts(island, fetching) : null;
  const { matcherOf } = await words();
  const asked = matcherOf(withoutChoice(filter));
  const chosen = matcherOf({ ...filter, text: undefined });
  const matches: (Match | null)[] = [];
  let lastBreath = performance.now();
  for (const [i, listed] of island.learnwares.entries()) {
    const described = describedOf(listed, texts?.[i]);
    const isOfTask = task === undefined || task === listed.task;
    const relevance = isOfTask ? asked(described) : null;
    const isChosen = relevance !== null && chosen(described) !== null;
    matches.push(relevance === null ? null : { described, relevance, isChosen });
    if (performance.now() - lastBreath < BREATH_MS) continue;
    await breathe(fetching);
    lastBreath = performance.now();
  }
  return matches;
}

/** Longest time for which texts are looked at in one go. */
const BREATH_MS = 20;

/** The dictionary is large, and only searched with. */
async function words() {
  try {
    return await import("../../engine/search/words/semantic-filter");
  } catch (cause) {
    throw new AppError("network_failed", "the search by words did not load", {}, { cause });
  }
}

const noText: StaticTexts[number] = {
  ...{ name: "", description: "", tags: [], metrics: [], rowCount: 0 },
};

const described = new WeakMap<StaticTexts[number], DescribedRows>();

/** Kept, with the keys that it is found by, for as long as its text is. */
function describedOf(
  { target, package: zip }: StaticIsland["learnwares"][number],
  text: StaticTexts[number] = noText,
): DescribedRows {
  const known = described.get(text);
  if (known) return known;
  const { name, description, tags, metrics, rowCount, translations } = text;
  const made = {
    ...{ name, description, tags, target, rowCount, sizeBytes: zip.sizeBytes },
    skill: skillOf(metrics),
    translations,
  };
  if (text !== noText) described.set(text, made);
  return made;
}

function alikeOf({ tags, sizeBytes, skill }: DescribedRows, islandId: string): Alike {
  return { tags, islandId, size: sizeClassOf(sizeBytes), skill: skillClassOf(skill), count: 1 };
}

function listedOf(
  listed: Hit["listed"],
  described: DescribedRows,
  relevance: number,
  order: Order,
): Listed {
  const { coveredBy } = listed;
  return {
    hit: { listed, coveredBy, ...noFit },
    at: placeOf(order, described, rankOf(relevance, coveredBy)),
  };
}

/** Ascending names, descending numbers. */
function inOrder(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return b - a;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Lets others have the thread. */
async function breathe({ signal }: Fetching): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  if (signal?.aborted) throw new AppError("aborted", "cancelled");
}

/** Equal to six decimals is equal, as for a dock with a database. */
function rankOf(relevance: number, coveredBy: string | null): number {
  return Math.round(1e6 * ((coveredBy === null ? 2 : 0) + relevance));
}
