import type { IslandSummary, Requirement } from "../../contracts/http/dock-api";
import { AppError, isOfOneItem } from "../../contracts/outcome";
import type { StaticIsland } from "../../contracts/static/static-dock";
import { specificationFromWire, weightsFromWire } from "../../contracts/wire/wire-on-book";
import { fromWire } from "../../contracts/wire/wire-rkme";
import { sketchLength } from "../../contracts/wire/sketch-length";
import { sketchFromWire } from "../../contracts/wire/wire-sketch";
import { withCompatScores, withoutScores } from "../../engine/search/scores/shown-scores";
import { dimensionOf } from "../../engine/kinds/dimension-of";
import type { Space } from "../../engine/kinds/space";
import { sketchOf } from "../../engine/specification/kernel/random-features";
import { islandFeatures } from "../../engine/search/sketches/island-features";
import {
  type Found as Ranked,
  type FoundFit,
  foundOf,
  MOST_FOUND,
} from "../../engine/search/found";
import { misfit } from "../../engine/search/misfit";
import type { Ranking } from "../../engine/search/rank";
import type { Specification } from "../../engine/specification/specification";
import { type Book, onBook, openBook, sketchOnBook } from "../../engine/specification/book/book";
import { weighSpecification, whyOffBook } from "../../engine/specification/book/weigh";
import type { SketchMatch } from "../../engine/search/sketches/sketch-scan";
import type { Fetching } from "./ask";
import { usableInTurn } from "../../engine/ground/in-turn";
import type { Searcher } from "./sketch-search";
import { type Found, type Hit, matchesOn, type Query, type Shelf } from "./tab-meaning-search";

type DataQuery = Query & { readonly requirement: Requirement };

type Single = FoundFit & Pick<Hit, "listed">;

/**
 * Learnwares of one island by what the data look like, best first, redundant ones last.
 *
 * @throws AppError `stale_island` if the requirement is for another version of the island;
 *   `bad_input` if it is not of its shape; `not_found` if there is no such island.
 */
export async function findByData(
  shelf: Shelf,
  searcher: Searcher,
  query: DataQuery,
  fetching: Fetching,
): Promise<Found> {
  const one = await shelf.island(query.islandId ?? "", fetching);
  checkSpace(query.requirement, one.island);
  const found = await rank(shelf, searcher, one, query, fetching);
  const score = query.scores === "compat" ? withCompatScores : withoutScores;
  const { singles: hits, mixture } = score(found.singles, found.mixture);
  return {
    islandId: one.island.id,
    islands: [],
    facets: null,
    hits,
    mixture: mixture && { ...mixture, members: [...mixture.members] },
  };
}

async function rank(
  shelf: Shelf,
  searcher: Searcher,
  one: StaticIsland,
  query: DataQuery,
  fetching: Fetching,
): Promise<Ranked<Single>> {
  const { requirement } = query;
  const { space } = one.island;
  const bySketch = async (sketch: Float64Array) => {
    const asked = await sketchQuery(shelf, one, query, sketch, fetching);
    return foundOf(nearestOf(one, await searcher.scan(asked, fetching)));
  };
  if (requirement.form === "private" || requirement.form === "sketch") {
    return bySketch(sketchFromWire(requirement.sketch, sketchLength(space)));
  }
  const book = await bookOf(shelf, space, fetching);
  const asked = askedOf(requirement, space, book);
  if (requirement.form === "weights" && requirement.noise) return bySketch(asked.sketch);
  return rankReduced(shelf, searcher, one, { ...query, ...asked, book }, fetching);
}

/** The book of a space, opened; null if it has none. */
async function bookOf({ files }: Shelf, space: Space, fetching: Fetching): Promise<Book | null> {
  if (!space.book) return null;
  return openBook(await files.book(space.book, dimensionOf(space), fetching), space.kernel);
}

interface Asked {
  readonly rkme: Specification;
  readonly sketch: Float64Array;
}

/** What is asked with, in the form that the space has. */
function askedOf(
  requirement: Extract<Requirement, { form: "reduced" | "weights" }>,
  space: Space,
  book: Book | null,
): Asked {
  if (requirement.form === "weights") {
    const { book: mark } = space;
    if (!mark || !book) throw new AppError("bad_input", "the space has no book");
    const { on } = requirement;
    return weighed(book, weightsFromWire(on, mark), on.rowCount);
  }
  const rkme = fromWire(requirement.specification);
  checkFits(space, rkme);
  if (book) {
    const weights = weighSpecification(book, rkme);
    const whyOff = whyOffBook(book, rkme, weights);
    if (whyOff !== null) throw new AppError("bad_input", whyOff);
    return weighed(book, weights, rkme.rowCount);
  }
  const features = islandFeatures(space, rkme.points.cols);
  return { rkme, sketch: sketchOf(rkme.points, rkme.weights, features) };
}

function weighed(book: Book, weights: Float64Array, rowCount: number): Asked {
  return { rkme: onBook(book, weights, rowCount), sketch: sketchOnBook(book, weights) };
}

function nearestOf({ learnwares }: StaticIsland, matches: readonly SketchMatch[]): Single[] {
  return matches.map(({ index, squaredDistance, similarity }) => {
    const listed = learnwares[index]!;
    const fit = { mmd2: squaredDistance, similarity, coverage: null };
    return { listed, coveredBy: listed.coveredBy, ...fit };
  });
}

async function rankReduced(
  shelf: Shelf,
  searcher: Searcher,
  one: StaticIsland,
  query: Query & Asked & { readonly book: Book | null },
  fetching: Fetching,
): Promise<Ranked<Single>> {
  const { rkme, sketch, book } = query;
  const asked = await sketchQuery(shelf, one, query, sketch, fetching);
  const { matches, mixable } = query.mixture
    ? await searcher.shortlist(asked, fetching)
    : { matches: await searcher.scan(asked, fetching), mixable: [] };
  const near = new Set([...matches.map(({ index }) => index), ...mixable]);
  const indices = [...near].sort((a, b) => a - b); // By id, as the island lists them.
  const specificationOf = async (index: number) => {
    const { specification } = await shelf.files.learnware(one.learnwares[index]!.file, fetching);
    const { id, rkme: wire, radiusSquared } = specification;
    const found = specificationFromWire(wire, one.island.space, book);
    checkFits(one.island.space, found);
    return { index, id, rkme: found, radiusSquared };
  };
  const { onProgress } = fetching;
  const candidates = await usableInTurn(indices, specificationOf, isOfOneItem, onProgress);
  const pool = mixable.flatMap((index) => {
    const at = candidates.findIndex((candidate) => candidate.index === index);
    return at < 0 ? [] : [at];
  });
  const ranking = await searcher.rank({ rkme, candidates, mixable: pool }, fetching);
  return foundOf(listedOf(one, ranking), ranking.mixture);
}

function listedOf({ learnwares }: StaticIsland, { singles }: Ranking): Single[] {
  const byId = new Map(learnwares.map((listed) => [listed.id, listed]));
  return singles.map(({ id, ...fit }) => {
    const listed = byId.get(id)!;
    return { listed, coveredBy: listed.coveredBy, ...fit };
  });
}

async function sketchQuery(
  shelf: Shelf,
  one: StaticIsland,
  query: Query,
  sketch: Float32Array | Float64Array,
  fetching: Fetching,
) {
  const matches = await matchesOn(shelf, one, query, fetching);
  const wanted = Uint8Array.from(matches, (match) => (match?.isChosen ? 1 : 0));
  const sketches = await shelf.files.sketches(one, fetching);
  return { sketches, sketch, wanted, limit: MOST_FOUND };
}

function checkSpace({ space: asked }: Requirement, { space }: IslandSummary): void {
  if (asked.id !== space.id) {
    throw new AppError("bad_input", "the requirement is of another space than the island");
  }
  if (asked.version !== space.version) {
    throw new AppError(
      "stale_island",
      `the space is at version ${space.version} now; describe the data again`,
    );
  }
}

function checkFits(space: Space, { points, kernel }: Specification): void {
  const cols = dimensionOf(space);
  const why = misfit({ cols, kernel: space.kernel }, { cols: points.cols, kernel });
  if (why !== null) throw new AppError("bad_input", why);
}
