/** @file From what is known of the rows to the learnwares worth comparing with every row. */

import { searchLocally } from "../../client/sketch-search";
import type { IslandSketches, LearnwareCard, SearchRequest } from "../../contracts/dock-api";
import { fromWire } from "../../contracts/wire-rkme";
import type { CandidateSpec } from "../../engine/search/rank";
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
/** Requests under way at once. */
const AT_ONCE = 6;

type Asked = Pick<Dock, "search" | "specification">;

/** The dock's shortlist for what is sent to it here. */
export async function askDock(
  dock: Asked,
  request: SearchRequest,
  { target }: Query,
  call: Call,
): Promise<Candidates> {
  const answer = await dock.search(request, call);
  const cards = answer.singles
    .map(({ learnware }) => learnware)
    .filter((card) => target === null || card.target === target)
    .slice(0, CANDIDATES);
  const specifications = await inTurn(cards, call, async ({ id }) => fetchOne(dock, id, call));
  return { cards, specifications };
}

/** The shortlist made in this tab. What is fetched for it tells the dock as little as can be. */
export async function searchHere(
  dock: Pick<Dock, "sketches" | "learnware" | "specification">,
  sketch: Float32Array,
  { island, target }: Query,
  call: Call,
): Promise<Candidates> {
  const sketches = await dock.sketches(island.id, call);
  const ids = shortlistOf(sketches, sketch, target);
  const fetched = await inTurn(ids, call, async (id) => ({
    card: await dock.learnware(id, call),
    specification: await fetchOne(dock, id, call),
  }));
  return {
    cards: fetched.map(({ card }) => card),
    specifications: fetched.map(({ specification }) => specification),
  };
}

/** All, where they are few; else the nearest. By id, because their order would tell which is nearest. */
function shortlistOf(
  sketches: IslandSketches,
  sketch: Float32Array,
  target: string | null,
): string[] {
  const wanted = new Set(
    sketches.entries
      .filter((entry) => target === null || entry.target === target)
      .map(({ id }) => id),
  );
  if (wanted.size <= FETCH_ALL) return [...wanted].sort();
  return searchLocally(sketches, sketch, sketches.entries.length)
    .map(({ id }) => id)
    .filter((id) => wanted.has(id))
    .slice(0, CANDIDATES)
    .sort();
}

async function fetchOne(
  dock: Pick<Dock, "specification">,
  wanted: string,
  { signal }: Call,
): Promise<CandidateSpec> {
  const { id, rkme, radiusSquared } = await dock.specification(wanted, signal ? { signal } : {});
  return { id, rkme: fromWire(rkme), radiusSquared };
}

/** Fetch something for each, a few at a time, in order. */
async function inTurn<T, R>(
  items: readonly T[],
  { signal, onProgress }: Call,
  fetchIt: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  const next = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry && !signal?.aborted; entry = waiting.shift()) {
      const [index, item] = entry;
      results[index] = await fetchIt(item);
      onProgress?.({
        stage: "download",
        done: items.length - waiting.length,
        total: items.length,
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return results;
}
