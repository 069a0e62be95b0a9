/** @file The whole of a search where no dock does it: the same answer, made in this tab. */

import { type IslandSummary, SearchRequest, type SearchResponse } from "../contracts/dock-api";
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
type Query = ReturnType<typeof SearchRequest.parse>;

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
 * @throws AppError `bad_input` if the request breaks the contract or is for another version of the
 *   island; `not_found` if there is no such island.
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
    singles: singles.map(({ id, ...fit }) => ({ learnware: cardOf.get(id)!, ...fit })),
    mixture,
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
  const nearest = async (sketch: Float64Array, most: number) => {
    const wanted = Uint8Array.from(table.entries, (entry) => (accepts(query, entry) ? 1 : 0));
    const { sketches } = table;
    return searcher.scan({ sketches, sketch, wanted, limit: most }, fetching);
  };
  if (requirement.kind !== "reduced") {
    const matches = await nearest(sketchFromWire(requirement.sketch), limit);
    return { singles: matches.map((match) => singleOf(table, match)), mixture: null };
  }
  const rkme = fromWire(requirement.specification);
  checkFits(island, rkme);
  const features = islandFeatures(island, rkme.points.cols);
  const matches = await nearest(sketchOf(rkme.points, rkme.weights, features), CANDIDATES);
  const ids = matches.map(({ index }) => table.entries[index]!.id).sort();
  const candidates = await inTurn(ids, fetching, async (id) => {
    const { rkme: wire, radiusSquared } = await shelf.specification(id, fetching);
    return { id, rkme: fromWire(wire), radiusSquared };
  });
  const { singles, mixture } = await searcher.rank({ rkme, candidates }, fetching);
  return {
    singles: singles.slice(0, limit),
    mixture: mixture && { ...mixture, members: [...mixture.members] },
  };
}

/** Which learnwares are asked for. */
function accepts({ task }: Query, entry: SketchTable["entries"][number]): boolean {
  return task === undefined || entry.task === task;
}

function singleOf({ entries }: SketchTable, match: SketchMatch): Found["singles"][number] {
  const { index, squaredDistance, similarity } = match;
  return { id: entries[index]!.id, mmd2: squaredDistance, similarity, coverage: null };
}

function checked(request: SearchRequest): Query {
  const parsed = SearchRequest.safeParse(request);
  if (!parsed.success) throw new AppError("bad_input", "the request breaks the contract");
  return parsed.data;
}

function checkVersion({ islandVersion }: Query, version: number): void {
  if (islandVersion !== version) {
    throw new AppError(
      "bad_input",
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
