/** @file From what is known of the rows to the learnwares worth comparing with every row. */

import type { SketchTable, SpecificationName } from "../../client/dock";
import { inTurn } from "../../client/in-turn";
import type { LearnwareCard, SearchRequest } from "../../contracts/dock-api";
import { AppError } from "../../contracts/outcome";
import { fromWire } from "../../contracts/wire-rkme";
import type { CandidateSpec } from "../../engine/search/rank";
import type { Searcher } from "../../client/sketch-search";
import type { Call, Dock } from "../clients";
import type { Query } from "./departure";

export interface Candidates {
  readonly cards: readonly LearnwareCard[];
  readonly specifications: readonly CandidateSpec[];
}

/** How many candidates are compared with every row. */
const CANDIDATES = 40;
/** Without telling the dock anything, all learnwares of an island are fetched if they are no more than these. */
export const FETCH_ALL = 100;

type Asked = Pick<Dock, "search" | "specification">;

/** The dock's shortlist for what is sent to it here. */
export async function askDock(
  dock: Asked,
  request: SearchRequest,
  { island, target }: Query,
  call: Call,
): Promise<Candidates> {
  const answer = await dock.search(request, call);
  const cards = answer.singles
    .map(({ learnware }) => learnware)
    .filter((card) => target === null || card.target === target)
    .slice(0, CANDIDATES);
  const specifications = await inTurn(cards, call, async (card) =>
    fetchOne(dock, { ...card, islandVersion: island.version }, call),
  );
  return { cards, specifications };
}

/** The shortlist made in this tab. What is fetched for it tells the dock as little as can be. */
export async function searchHere(
  dock: Pick<Dock, "sketches" | "learnware" | "specification">,
  searcher: Pick<Searcher, "scan">,
  sketch: Float32Array,
  { island, target }: Query,
  call: Call,
): Promise<Candidates> {
  const table = await dock.sketches(island.id, call);
  if (table.islandVersion !== island.version) {
    throw new AppError("stale_island", `the island is at version ${table.islandVersion} now`);
  }
  const ids = await shortlistOf(table, searcher, sketch, target, call);
  const fetched = await inTurn(ids, call, async (id) => {
    const card = await dock.learnware(id, call);
    const name = { ...card, islandVersion: table.islandVersion };
    return { card, specification: await fetchOne(dock, name, call) };
  });
  return {
    cards: fetched.map(({ card }) => card),
    specifications: fetched.map(({ specification }) => specification),
  };
}

/** All, where they are few; else the nearest. By id, because their order would tell which is nearest. */
async function shortlistOf(
  { entries, sketches }: SketchTable,
  searcher: Pick<Searcher, "scan">,
  sketch: Float32Array,
  target: string | null,
  call: Call,
): Promise<string[]> {
  const isWanted = (entry: { target: string }) => target === null || entry.target === target;
  const wanted = entries.filter(isWanted);
  if (wanted.length <= FETCH_ALL) return wanted.map(({ id }) => id).sort();
  const marks = Uint8Array.from(entries, (entry) => (isWanted(entry) ? 1 : 0));
  const query = { sketches, sketch, wanted: marks, limit: CANDIDATES };
  return (await searcher.scan(query, call)).map(({ index }) => entries[index]!.id).sort();
}

async function fetchOne(
  dock: Pick<Dock, "specification">,
  wanted: SpecificationName,
  { signal }: Call,
): Promise<CandidateSpec> {
  const { id, rkme, radiusSquared } = await dock.specification(wanted, signal ? { signal } : {});
  return { id, rkme: fromWire(rkme), radiusSquared };
}
