/** @file The whole of a search where no dock does it: the same answer, made in this tab. */

import { LRUCache } from "lru-cache";

import {
  SearchNextRequest,
  type SearchPage,
  SearchRequest,
  type SearchResponse,
} from "../../contracts/http/dock-api";
import { AppError, isOfOneItem } from "../../contracts/outcome";
import type { Fetching } from "./ask";
import type { Schema } from "./read-answer";
import { usableInTurn } from "../../engine/ground/in-turn";
import type { Searcher } from "./sketch-search";
import { findByData } from "./tab-data-search";
import { findByMeaning, type Hit, type Shelf } from "./tab-meaning-search";

/** What was found and where the next page begins. */
interface Rest {
  readonly hits: readonly Hit[];
  readonly from: number;
}

/** Pages that may still be asked for. */
const MOST_CURSORS = 64;

/**
 * Answers searches with what a static dock keeps for download. What is fetched is fetched by id,
 * because the order of fit would tell which is nearest. What was found is kept for its next pages,
 * so that nothing is computed again.
 */
export class TabSearch {
  readonly #shelf: Shelf;
  readonly #searcher: Searcher;
  /** By cursor, the latest last. */
  #lastCursor = 0;
  readonly #rests = new LRUCache<string, Rest>({ max: MOST_CURSORS });

  constructor(shelf: Shelf, searcher: Searcher) {
    this.#shelf = shelf;
    this.#searcher = searcher;
  }

  /**
   * @throws AppError `bad_input` if the request breaks the contract; `stale_island` if it is for
   *   another version of the island; `not_found` if there is no such island.
   */
  async search(request: SearchRequest, fetching: Fetching): Promise<SearchResponse> {
    const query = checked(SearchRequest, request);
    const { requirement } = query;
    const { hits, ...answer } = requirement
      ? await findByData(this.#shelf, this.#searcher, { ...query, requirement }, fetching)
      : await findByMeaning(this.#shelf, query, fetching);
    return { ...answer, ...(await this.#page({ hits, from: 0 }, query.limit, fetching)) };
  }

  /** @throws AppError `bad_input` if the cursor is none of ours, or too old. */
  async next(request: SearchNextRequest, fetching: Fetching): Promise<SearchPage> {
    const { cursor, limit } = checked(SearchNextRequest, request);
    const rest = this.#rests.get(cursor);
    if (!rest) throw new AppError("bad_input", "cursor is not one that this dock gave lately");
    return this.#page(rest, limit, fetching);
  }

  async #page({ hits, from }: Rest, limit: number, fetching: Fetching): Promise<SearchPage> {
    const end = from + limit;
    const shown = hits.slice(from, end);
    const listed = shown.map((hit) => hit.listed).sort((a, b) => (a.id < b.id ? -1 : 1));
    const fetchCard = async ({ file }: (typeof listed)[number]) =>
      (await this.#shelf.files.learnware(file, fetching)).card;
    const cards = await usableInTurn(listed, fetchCard, isOfOneItem, fetching.onProgress);
    const cardOf = new Map(cards.map((card) => [card.id, card]));
    return {
      singles: shown.flatMap(({ listed: { id }, ...fit }) => {
        const learnware = cardOf.get(id);
        return learnware ? [{ learnware, ...fit }] : [];
      }),
      next: end < hits.length ? this.#keep({ hits, from: end }) : null,
    };
  }

  #keep(rest: Rest): string {
    const cursor = String(++this.#lastCursor);
    this.#rests.set(cursor, rest);
    return cursor;
  }
}

function checked<T>(schema: Schema<T>, request: unknown): T {
  const parsed = schema.safeParse(request);
  if (!parsed.success) throw new AppError("bad_input", "the request breaks the contract");
  return parsed.data;
}
