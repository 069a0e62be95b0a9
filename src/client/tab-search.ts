/** @file The whole of a search where no dock does it: the same answer, made in this tab. */

import {
  type IslandSummary,
  type Requirement,
  SearchRequest,
  type SearchResponse,
} from "../contracts/dock-api";
import { AppError } from "../contracts/outcome";
import { fromWire } from "../contracts/wire-rkme";
import { sketchFromWire } from "../contracts/wire-sketch";
import { encodedWidth } from "../engine/island/island";
import { sketchOf } from "../engine/kernel/random-features";
import { islandFeatures } from "../engine/search/island-features";
import type { SketchMatch } from "../engine/search/sketch-scan";
import type { Rkme } from "../engine/spec/rkme";
import type { Fetching } from "./ask";
import type { Dock, SketchTable } from "./dock";
import { inTurn } from "./in-turn";
import type { Searcher } from "./sketch-search";

/** What is read of a dock. */
type Shelf = Pick<Dock, "island" | "sketches" | "learnware" | "specification">;
type Query = ReturnType<typeof SearchRequest.parse> & {
  readonly islandId: string;
  readonly islandVersion: number;
  readonly requirement: Requirement;
};

/** A `SearchResponse` without the cards. */
interface Found {
  readonly singles: readonly (Omit<SearchResponse["singles"][number], "learnware"> & {
    readonly id: string;
  })[];
  readonly mixture: SearchResponse["mixture"];
}

/** How many of the nearest by sketch are compared exactly. */
const CANDIDATES = 200;

/**
 * Answer a search with what a dock keeps for download. What is fetched is fetched by id, because the
 * order of fit would tell which is nearest.
 *
 * Every result comes on the first page. Only the dock's index of plain files is searched, so tags,
 * text and the scores of the Python package are not to be had.
 *
 * @throws AppError `bad_input` if the request breaks the contract or asks for these; `stale_island`
 *   if it is for another version of the island; `not_found` if there is no such island.
 */
export async function searchInTab(
  shelf: Shelf,
  searcher: Searcher,
  request: SearchRequest,
  fetching: Fetching,
): Promise<SearchResponse> {
  const query = checked(request);
  const island = await shelf.island(query.islandId, fetching);
  checkVersion(query, island.version);
  const { singles, mixture } = await find(shelf, searcher, island, query, fetching);
  const ids = singles.map(({ id }) => id).sort();
  const cards = await inTurn(ids, fetching, async (id) => shelf.learnware(id, fetching));
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  return {
    islandId: island.id,
    islands: [],
    singles: singles.map(({ id, ...fit }) => ({ learnware: cardOf.get(id)!, ...fit })),
    mixture,
    next: null,
  };
}

async function find(
  shelf: Shelf,
  searcher: Searcher,
  island: IslandSummary,
  query: Query,
  fetching: Fetching,
): Promise<Found> {
  const { requirement, limit } = query;
  const table = await shelf.sketches(island.id, fetching);
  checkVersion(query, table.islandVersion);
  const { entries, sketches } = table;
  const wanted = Uint8Array.from(entries, (entry) => (accepts(query, entry) ? 1 : 0));
  if (requirement.kind !== "reduced") {
    const sketch = sketchFromWire(requirement.sketch);
    const matches = await searcher.scan({ sketches, sketch, wanted, limit }, fetching);
    return { singles: matches.map((match) => singleOf(table, match)), mixture: null };
  }
  const rkme = fromWire(requirement.specification);
  checkFits(island, rkme);
  const features = islandFeatures(island, rkme.points.cols);
  const sketch = sketchOf(rkme.points, rkme.weights, features);
  const asked = { sketches, sketch, wanted, limit: CANDIDATES };
  const { matches, mixable } = query.mixture
    ? await searcher.shortlist(asked, fetching)
    : { matches: await searcher.scan(asked, fetching), mixable: [] };
  const idOf = (index: number) => entries[index]!.id;
  const ids = [...new Set([...matches.map(({ index }) => index), ...mixable])].map(idOf).sort();
  const candidates = await inTurn(ids, fetching, async (id) => {
    const { sha256 } = await shelf.learnware(id, fetching);
    const name = { id, sha256, islandVersion: island.version };
    const { rkme: wire, radiusSquared } = await shelf.specification(name, fetching);
    return { id, rkme: fromWire(wire), radiusSquared };
  });
  const pool = mixable.map((index) => ids.indexOf(idOf(index)));
  const ranking = await searcher.rank({ rkme, candidates, mixable: pool }, fetching);
  const { singles, mixture } = ranking;
  return {
    singles: singles.slice(0, limit).map((fit) => ({ ...fit, coveredBy: null, score: null })),
    mixture: mixture && { ...mixture, members: [...mixture.members], score: null },
  };
}

/** Which learnwares are asked for. */
function accepts({ task, filter }: Query, entry: SketchTable["entries"][number]): boolean {
  const { target } = filter ?? {};
  return (
    (task === undefined || entry.task === task) && (target === undefined || entry.target === target)
  );
}

function singleOf({ entries }: SketchTable, match: SketchMatch): Found["singles"][number] {
  const { index, squaredDistance, similarity } = match;
  const fit = { mmd2: squaredDistance, similarity, coverage: null };
  return { id: entries[index]!.id, ...fit, coveredBy: null, score: null };
}

function checked(request: SearchRequest): Query {
  const parsed = SearchRequest.safeParse(request);
  if (!parsed.success) throw new AppError("bad_input", "the request breaks the contract");
  const { islandId, islandVersion, requirement, filter, scores } = parsed.data;
  const isByText = filter?.tags !== undefined || filter?.text !== undefined;
  if (islandId === undefined || islandVersion === undefined || !requirement || isByText || scores) {
    throw new AppError("bad_input", "a dock of plain files searches by data, task and target only");
  }
  return { ...parsed.data, islandId, islandVersion, requirement };
}

function checkVersion({ islandVersion }: Query, version: number): void {
  if (islandVersion !== version) {
    throw new AppError(
      "stale_island",
      `the island is at version ${version} now; describe the data again`,
    );
  }
}

function checkFits(island: IslandSummary, { points, gamma }: Rkme): void {
  const width = island.features.reduce((sum, feature) => sum + encodedWidth(feature), 0);
  if (points.cols !== width) {
    throw new AppError("bad_input", `specification.cols must be ${width} on this island`);
  }
  if (Math.abs(gamma - island.gamma) > 1e-9 * island.gamma) {
    throw new AppError("bad_input", "specification.gamma must be the island's");
  }
}
