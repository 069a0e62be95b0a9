import { BookPairs } from "../../../engine/search/book-pairs";
import type { PackedRkme, PairKernel } from "../../../engine/search/pairs";
import { type Book, onBook, sketchOnBook } from "../../../engine/specification/book/book";
import { packShares, unpackShares } from "../../../engine/specification/book/shares";
import { ownWeights, weighSpecification } from "../../../engine/specification/book/weigh";
import type { Specification } from "../../../engine/specification/specification";
import type { Form } from "./form";

const NO_POINTS = new Uint8Array();

/** Weights on a book, in 16 bits each. */
export class BookForm implements Form {
  readonly pairs: PairKernel;
  readonly book: Book;

  constructor(book: Book) {
    this.book = book;
    this.pairs = new BookPairs(book);
  }

  pack(rkme: Specification): PackedRkme {
    return packOnBook(this.book, weighSpecification(this.book, rkme));
  }

  weightsOf({ weights }: PackedRkme): Float64Array {
    return unpackShares(weights);
  }

  unpack(packed: PackedRkme, rowCount: number): Specification {
    return onBook(this.book, this.weightsOf(packed), rowCount);
  }

  isExact(rkme: Specification): boolean {
    return ownWeights(this.book, rkme) !== null;
  }

  sketch(packed: PackedRkme): Float32Array {
    return Float32Array.from(sketchOnBook(this.book, this.weightsOf(packed)));
  }
}

/**
 * Weights as a `BookForm` packs them.
 *
 * @param weights - Shape [points of the book], ≥ 0, some > 0.
 */
export function packOnBook({ points: { rows, cols } }: Book, weights: Float64Array): PackedRkme {
  return { rows, cols, points: NO_POINTS, weights: packShares(weights) };
}
