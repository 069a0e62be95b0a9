import { EngineError } from "../../engine/ground/errors";
import type { AnySpace } from "../../engine/kinds/kind";
import { type Book, onBook } from "../../engine/specification/book/book";
import type { Specification } from "../../engine/specification/specification";
import { coarseCount } from "../../engine/specification/coarse-count";
import { packShares, unpackShares } from "../../engine/specification/book/shares";
import type { BookMark } from "../../engine/specification/book/book-mark";
import type { WireOnBook, WireSpecification } from "../http/dock-api";
import { AppError } from "../outcome";
import { bytesFromBase64, bytesToBase64, fromWire } from "./wire-rkme";

/**
 * Weights on a book as they travel; the row count is a coarse one.
 *
 * @param weights - Shape [book.points], ≥ 0, finite, some > 0.
 */
export function toWireOnBook(
  { sha256 }: Pick<BookMark, "sha256">,
  weights: Float64Array,
  rowCount: number,
): WireOnBook {
  return {
    book: sha256,
    weights: bytesToBase64(packShares(weights)),
    rowCount: coarseCount(rowCount),
  };
}

/**
 * Weights on a book as they arrived.
 *
 * @returns Shape [book.points], each ≥ 0, sum 1.
 * @throws AppError `stale_island` if they are on another book; `bad_input` if there is not one for each of its points, or all are 0.
 */
export function weightsFromWire(wire: WireOnBook, book: BookMark): Float64Array {
  if (wire.book !== book.sha256) {
    throw new AppError("stale_island", "the space has another book now; describe the data again");
  }
  const bytes = bytesFromBase64("weights", wire.weights);
  if (bytes.length !== 2 * book.points) {
    throw new AppError("bad_input", `weights must be ${book.points} numbers of 2 bytes`);
  }
  try {
    return unpackShares(bytes);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new AppError("bad_input", error.message, {}, { cause: error });
  }
}

/**
 * A specification as it arrived, in whichever form its space has.
 *
 * @param space - That it is to be compared in.
 * @param book - The space's; null if it has none.
 * @throws AppError `bad_input` if it is of the other form, or as `fromWire` and `weightsFromWire`; `stale_island` if it is on
 *   another book.
 */
export function specificationFromWire(
  wire: WireSpecification["rkme"],
  { book: mark }: Pick<AnySpace, "book">,
  book: Pick<Book, "points" | "kernel"> | null,
): Specification {
  if (mark && book && "book" in wire)
    return onBook(book, weightsFromWire(wire, mark), wire.rowCount);
  if (!mark && !("book" in wire)) return fromWire(wire);
  throw new AppError("bad_input", "the specification is not in the form that its space has");
}
