/** @file From what is known of the rows to the learnwares worth comparing with every row. */

import type {
  LearnwareCard,
  SearchRequest,
  WireSpecification,
} from "../../contracts/http/dock-api";
import { AppError, isOfOneItem } from "../../contracts/outcome";
import { specificationFromWire, weightsFromWire } from "../../contracts/wire/wire-on-book";
import { usableInTurn } from "../../engine/ground/in-turn";
import type { Steps } from "../../engine/ground/progress";
import { dimensionOf } from "../../engine/kinds/dimension-of";
import type { Space } from "../../engine/kinds/space";
import { misfit } from "../../engine/search/misfit";
import type { BookPoints } from "../../engine/specification/book/book";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";
import { stepsOf } from "../steps-of";
import { ASKED_AT_ONCE, FETCH_ALL, LOOKED_THROUGH, MOST_COMPARED, MOST_SPARE } from "./amounts";
import { coversOf, type Marks, marksOf } from "./covers";
import { isNarrowing, narrowingOf, type Narrowing } from "./filter";
import type { Query } from "./payload";
import type { FindDock, FindPorts, SketchTable } from "./ports";
import { unlessGone } from "./unless-gone";

export interface Candidates {
  readonly cards: readonly LearnwareCard[];
  readonly specifications: readonly CandidateSpec[];
  readonly covers: ReadonlyMap<string, LearnwareCard>;
}

/** The dock's shortlist for what is sent to it here. */
export async function* askDock(
  dock: Pick<FindDock, "search" | "learnware" | "specification">,
  request: SearchRequest,
  { island }: Query,
  book: BookPoints | null,
): Steps<Candidates> {
  const { singles, mixture } = await dock.search(request);
  const marks = marksOf(singles);
  const kept = new Set([
    ...shortlist([...marks.keys()], marks),
    ...(mixture?.members.map(({ id }) => id) ?? []),
  ]);
  const listed = singles.map(({ learnware }) => learnware).filter(({ id }) => kept.has(id));
  const specifications = yield* fetchThose(dock, listed, island.space, book);
  const cards = described(listed, specifications);
  return { cards, specifications, covers: await coversOf(dock, cards, marks) };
}

/** What brings the dictionary loads when it is needed. */
async function passing(narrowing: Narrowing): Promise<(card: LearnwareCard) => boolean> {
  try {
    return (await import("./passes")).passes(narrowing);
  } catch (cause) {
    throw new AppError("network_failed", "the search by words did not load", {}, { cause });
  }
}

/** The shortlist made here. What is fetched for it tells the dock as little as can be. */
export async function* searchHere(
  { dock, scan }: Pick<FindPorts, "dock" | "scan">,
  sketch: Float32Array,
  { island, target, filter }: Query,
  book: BookPoints | null,
): Steps<Candidates> {
  const table = yield* dock.sketches(island.id);
  if (table.spaceVersion !== island.space.version) {
    throw new AppError("stale_island", `the space is at version ${table.spaceVersion} now`);
  }
  const narrowing = narrowingOf(filter, target);
  const marks = new Map(table.entries.map(({ id, coveredBy }) => [id, coveredBy]));
  const { ids, isAll } = yield* nearest(table, scan, sketch, narrowing);
  const looked = isAll || isNarrowing(filter) ? ids : shortlist(ids, marks);
  const read = yield* present(looked.toSorted(), async (id) => dock.learnware(id));
  const fitting = new Set(read.filter(await passing(narrowing)).map(({ id }) => id));
  const wanted = looked.filter((id) => fitting.has(id));
  const kept = new Set(isAll ? wanted : shortlist(wanted, marks));
  // Of few, all: then what is fetched does not tell the filter either.
  const asked = read.filter(({ id }) => isAll || kept.has(id));
  const fetched = yield* fetchThose(dock, asked, island.space, book);
  const cards = described(read, fetched).filter(({ id }) => kept.has(id));
  return {
    cards,
    specifications: fetched.filter(({ id }) => kept.has(id)),
    covers: await coversOf(dock, isAll ? read : cards, marks),
  };
}

/**
 * All of the task and target, where they are few; else the nearest, best first. What is fetched of
 * them has to be asked for by id, because this order would tell which is nearest.
 */
async function* nearest(
  { entries, sketches }: SketchTable,
  scan: FindPorts["scan"],
  sketch: Float32Array,
  { task, filter = {} }: ReturnType<typeof narrowingOf>,
): Steps<{ readonly ids: readonly string[]; readonly isAll: boolean }> {
  const { target } = filter;
  const isWanted = (entry: SketchTable["entries"][number]) =>
    (task === undefined || entry.task === task) &&
    (target === undefined || entry.target === target);
  const wanted = entries.filter(isWanted);
  if (wanted.length <= FETCH_ALL) return { ids: wanted.map(({ id }) => id), isAll: true };
  const marks = Uint8Array.from(entries, (entry) => (isWanted(entry) ? 1 : 0));
  const query = { sketches, sketch, wanted: marks, limit: LOOKED_THROUGH };
  const found = yield* scan(query);
  return { ids: found.map(({ index }) => entries[index]!.id), isAll: false };
}

/** The first of the ids that are no other's double, and some that are. */
function shortlist(ids: readonly string[], marks: Marks): string[] {
  const isSpare = (id: string) => (marks.get(id) ?? null) !== null;
  const distinct = ids.filter((id) => !isSpare(id)).slice(0, MOST_COMPARED);
  return [...distinct, ...ids.filter(isSpare).slice(0, MOST_SPARE)];
}

/**
 * Specifications of learnwares; of those that were replaced or removed since they were listed, none, nor of those that
 * cannot be compared.
 *
 * @throws AppError `bad_answer` if there are learnwares, and none of them can be compared.
 */
function fetchThose(
  dock: Pick<FindDock, "specification">,
  cards: readonly LearnwareCard[],
  space: Space,
  book: BookPoints | null,
): Steps<CandidateSpec[]> {
  const fetch = async (card: LearnwareCard) => {
    const wire = await dock.specification({ ...card, spaceVersion: space.version });
    const spec = comparable(wire, space, book);
    if (spec) return { id: card.id, ...spec };
    throw new AppError("bad_answer", "no specification that the dock sent can be compared");
  };
  return present(cards, fetch, ASKED_AT_ONCE);
}

/** Null if it is damaged, or of another space. */
function comparable(
  { rkme: wire, radiusSquared }: Pick<WireSpecification, "rkme" | "radiusSquared">,
  space: Space,
  points: BookPoints | null,
): Omit<CandidateSpec, "id"> | null {
  try {
    const book = points && { points, kernel: space.kernel };
    const rkme = specificationFromWire(wire, space, book);
    const described = { cols: rkme.points.cols, kernel: rkme.kernel };
    const fits = misfit({ cols: dimensionOf(space), kernel: space.kernel }, described) === null;
    const bookWeights =
      space.book && "book" in wire ? weightsFromWire(wire, space.book) : undefined;
    return fits ? { rkme, radiusSquared, bookWeights } : null;
  } catch (error) {
    if (error instanceof AppError && error.code === "bad_input") return null;
    throw error;
  }
}

function described(
  cards: readonly LearnwareCard[],
  specifications: readonly CandidateSpec[],
): LearnwareCard[] {
  const there = new Set(specifications.map(({ id }) => id));
  return cards.filter(({ id }) => there.has(id));
}

/** What is still there, and whole, of what is asked for. */
async function* present<T, R>(
  items: readonly T[],
  fetch: (item: T) => Promise<R>,
  atOnce?: number,
): Steps<R[]> {
  const fetching = async (item: T) => unlessGone(fetch(item));
  const answers = yield* stepsOf((tell) =>
    usableInTurn(items, fetching, isOfOneItem, tell, atOnce),
  );
  return answers.filter((answer) => answer !== null);
}
