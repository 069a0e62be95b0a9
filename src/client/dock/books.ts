import { LRUCache } from "lru-cache";

import { AppError } from "../../contracts/outcome";
import type { Matrix } from "../../engine/ground/matrix";
import type { BookMark } from "../../engine/specification/book/book-mark";
import { decodeBook } from "../../engine/specification/files/book-file";
import { sha256Of } from "../storage/sha256";
import type { Fetching } from "./ask";
import { understood } from "./read-answer";
import { badAnswer } from "./status-problem";

/** Books that are kept, at 256 points of some ten numbers each. */
const MOST_KEPT = 8;
/** Of a file, before its numbers. */
const MOST_HEADER_BYTES = 256;

/** @returns The file, of which no more than `most` bytes are read; null if it is longer. */
type FetchBook = (
  sha256: string,
  most: number,
  fetching: Fetching,
) => Promise<Uint8Array<ArrayBuffer> | null>;

/** Books of a dock, each fetched once and checked against its mark. */
export class Books {
  readonly #fetch: FetchBook;
  readonly #kept = new LRUCache<string, Matrix<Float64Array>>({ max: MOST_KEPT });

  constructor(fetch: FetchBook) {
    this.#fetch = fetch;
  }

  /** As `Dock.book`. */
  async get(
    { sha256, points }: BookMark,
    cols: number,
    fetching: Fetching,
  ): Promise<Matrix<Float64Array>> {
    const kept = this.#kept.get(sha256);
    if (kept?.rows === points && kept.cols === cols) return kept;
    const bytes = await this.#fetch(sha256, MOST_HEADER_BYTES + 4 * points * cols, fetching);
    if (!bytes || (await sha256Of(bytes)) !== sha256) {
      throw new AppError("hash_mismatch", "the book is not the one that the space names");
    }
    const book = understood(() => decodeBook(bytes, cols), "a book");
    if (book.rows !== points) throw badAnswer("the book has another number of points");
    this.#kept.set(sha256, book);
    return book;
  }
}
