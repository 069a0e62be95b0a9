/** @file From what is known of the rows to the learnwares worth comparing with every row. */

import type { SketchTable, SpecificationName } from "../../../../client/dock/dock";
import { inTurn } from "../../../../client/dock/in-turn";
import type { Searcher } from "../../../../client/dock/sketch-search";
import type { LearnwareCard, SearchRequest } from "../../../../contracts/http/dock-api";
import { AppError } from "../../../../contracts/outcome";
import { fromWire } from "../../../../contracts/wire/wire-rkme";
import type { Call, Dock } from "../../../clients";
import { coversOf, type Marks, marksOf } from "./covers";
import type { Query } from "./payload";
import { unlessGone } from "./unless-gone";
import { isNarrowing, narrowingOf, passes } from "./filter";
import type { CandidateSpec } from "../../../../engine/specification/candidate-spec";

export interface Candidates {
  readonly cards: readonly LearnwareCard[];
  readonly specifications: readonly CandidateSpec[];
  readonly covers: ReadonlyMap<string, LearnwareCard>;
}

/** How many candidates are compared with every row, and besides of those that others make redundant. */
const CANDIDATES = 40;
const SPARES = 10;
/** Without telling the dock anything, all learnwares of an island are fetched if they are no more than these. */
export const FETCH_ALL = 100;
/** Of larger islands, so many of the nearest are looked through for them. */
const LOOKED_THROUGH = 200;

/** The dock's shortlist for what is sent to it here. */
export async function askDock(
  dock: Pick<Dock, "search" | "learnware" | "specification">,
  request: SearchRequest,
  { island }: Query,
  call: Call,
): Promise<Candidates> {
  const { singles, mixture } = await dock.search(request, call);
  const marks = marksOf(singles);
  const kept = new Set([
    ...shortlist([...marks.keys()], marks),
    ...(mixture?.members.map(({ id }) => id) ?? []),
  ]);
  const listed = singles.map(({ learnware }) => learnware).filter(({ id }) => kept.has(id));
  const specifications = await fetchThose(dock, listed, island.version, call);
  const cards = described(listed, specifications);
  return { cards, specifications, covers: await coversOf(dock, cards, marks, call) };
}

/** The shortlist made in this tab. What is fetched for it tells the dock as little as can be. */
export async function searchHere(
  dock: Pick<Dock, "sketches" | "learnware" | "specification">,
  searcher: Pick<Searcher, "scan">,
  sketch: Float32Array,
  { island, target, filter }: Query,
  call: Call,
): Promise<Candidates> {
  const table = await dock.sketches(island.id, call);
  if (table.islandVersion !== island.version) {
    throw new AppError("stale_island", `the island is at version ${table.islandVersion} now`);
  }
  const narrowing = narrowingOf(filter, target);
  const marks = new Map(table.entries.map(({ id, coveredBy }) => [id, coveredBy]));
  const { ids, isAll } = await nearest(table, searcher, sketch, narrowing, call);
  const looked = isAll || isNarrowing(filter) ? ids : shortlist(ids, marks);
  const read = await present(looked.toSorted(), call, async (id) => dock.learnware(id, call));
  const fitting = new Set(read.filter(passes(narrowing)).map(({ id }) => id));
  const wanted = looked.filter((id) => fitting.has(id));
  const kept = new Set(isAll ? wanted : shortlist(wanted, marks));
  // Of few, all: then what is fetched does not tell the filter either.
  const asked = read.filter(({ id }) => isAll || kept.has(id));
  const fetched = await fetchThose(dock, asked, island.version, call);
  const cards = described(read, fetched).filter(({ id }) => kept.has(id));
  return {
    cards,
    specifications: fetched.filter(({ id }) => kept.has(id)),
    covers: await coversOf(dock, isAll ? read : cards, marks, call),
  };
}

/**
 * All of the task and target, where they are few; else the nearest, best first. What is fetched of
 * them has to be asked for by id, because this order would tell which is nearest.
 */
async function nearest(
  { entries, sketches }: SketchTable,
  searcher: Pick<Searcher, "scan">,
  sketch: Float32Array,
  { task, filter = {} }: ReturnType<typeof narrowingOf>,
  call: Call,
): Promise<{ readonly ids: readonly string[]; readonly isAll: boolean }> {
  const { target } = filter;
  const isWanted = (entry: SketchTable["entries"][number]) =>
    (task === undefined || entry.task === task) &&
    (target === undefined || entry.target === target);
  const wanted = entries.filter(isWanted);
  if (wanted.length <= FETCH_ALL) return { ids: wanted.map(({ id }) => id), isAll: true };
  const marks = Uint8Array.from(entries, (entry) => (isWanted(entry) ? 1 : 0));
  const query = { sketches, sketch, wanted: marks, limit: LOOKED_THROUGH };
  const found = await searcher.scan(query, call);
  return { ids: found.map(({ index }) => entries[index]!.id), isAll: false };
}

/** The first of the ids that are no other's double, and some that are. */
function shortlist(ids: readonly string[], marks: Marks): string[] {
  const isSpare = (id: string) => (marks.get(id) ?? null) !== null;
  const distinct = ids.filter((id) => !isSpare(id)).slice(0, CANDIDATES);
  return [...distinct, ...ids.filter(isSpare).slice(0, SPARES)];
}

/** Specifications of learnwares; of those that were replaced or removed since they were listed, none. */
function fetchThose(
  dock: Pick<Dock, "specification">,
  cards: readonly LearnwareCard[],
  islandVersion: number,
  call: Call,
): Promise<CandidateSpec[]> {
  return present(cards, call, async (card) => fetchOne(dock, { ...card, islandVersion }, call));
}

function described(
  cards: readonly LearnwareCard[],
  specifications: readonly CandidateSpec[],
): LearnwareCard[] {
  const there = new Set(specifications.map(({ id }) => id));
  return cards.filter(({ id }) => there.has(id));
}

/** What is still there of what is asked for. */
async function present<T, R>(
  items: readonly T[],
  call: Call,
  fetch: (item: T) => Promise<R>,
): Promise<R[]> {
  const answers = await inTurn(items, call, async (item) => unlessGone(fetch(item)));
  return answers.filter((answer) => answer !== null);
}

async function fetchOne(
  dock: Pick<Dock, "specification">,
  wanted: SpecificationName,
  { signal }: Call,
): Promise<CandidateSpec> {
  const { id, rkme, radiusSquared } = await dock.specification(wanted, signal ? { signal } : {});
  return { id, rkme: fromWire(rkme), radiusSquared };
}
