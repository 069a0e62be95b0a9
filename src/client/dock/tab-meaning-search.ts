import type { SearchRequest, SearchResponse } from "../../contracts/http/dock-api";
import type { StaticIsland } from "../../contracts/static/static-dock";
import { AppError } from "../../contracts/outcome";
import { finish } from "../../engine/ground/finish";
import { islandsByNames } from "../../engine/kinds/table/match/by-names";
import { matcherOf } from "../../engine/search/words/semantic-filter";
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
const noText = { name: "", description: "", tags: [] };

/** Learnwares of any islands by their tags and text, best text first, redundant ones last. */
export async function findByMeaning(
  shelf: Shelf,
  query: Query,
  fetching: Fetching,
): Promise<Found> {
  const all = await shelf.islands(fetching);
  const { featureNames, islandIds } = query;
  const summaries = all.map(({ island: { id, space } }) => ({ id, features: space.features }));
  const islands = featureNames
    ? await finish(islandsByNames(summaries, featureNames), () => breathe(fetching))
    : [];
  const named = featureNames && new Set(islands.map(({ id }) => id));
  const ranked: { readonly hit: Hit; readonly rank: number }[] = [];
  for (const one of all) {
    const { id } = one.island;
    if ((named && !named.has(id)) || (islandIds && !islandIds.includes(id))) continue;
    const matches = await matchesOn(shelf, one, query, fetching);
    matches.forEach((match, i) => {
      if (match === null) return;
      const listed = one.learnwares[i]!;
      const { coveredBy } = listed;
      ranked.push({ hit: { listed, coveredBy, ...noFit }, rank: rankOf(match, coveredBy) });
    });
  }
  ranked.sort((a, b) => b.rank - a.rank || (a.hit.listed.id < b.hit.listed.id ? -1 : 1));
  return { islandId: null, islands, mixture: null, hits: ranked.map(({ hit }) => hit) };
}

/**
 * How well each learnware of an island matches by tags and text, in [0, 1]; null for those that do
 * not pass.
 */
export async function matchesOn(
  { files }: Shelf,
  island: StaticIsland,
  { task, filter = {} }: Query,
  fetching: Fetching,
): Promise<(number | null)[]> {
  const match = matcherOf(filter);
  const isByText = filter.tags !== undefined || filter.text !== undefined;
  const texts = isByText ? await files.texts(island, fetching) : null;
  return island.learnwares.map(({ task: theirs, target }, i) => {
    if (task !== undefined && task !== theirs) return null;
    return match({ target, ...(texts?.[i] ?? noText) });
  });
}

/** Lets others have the thread. */
async function breathe({ signal }: Fetching): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  if (signal?.aborted) throw new AppError("aborted", "cancelled");
}

/** Equal to six decimals is equal, as for a dock with a database. */
function rankOf(match: number, coveredBy: string | null): number {
  return Math.round(1e6 * ((coveredBy === null ? 2 : 0) + match));
}
