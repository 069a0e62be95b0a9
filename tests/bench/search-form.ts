import { createHash } from "node:crypto";

import { Describer } from "../../src/dock/storage/describer";
import type { Space } from "../../src/engine/kinds/table/space/space";
import type { BookPoints } from "../../src/engine/specification/book/book";
import { makeBook } from "../../src/engine/specification/book/make-book";
import { encodeBook } from "../../src/engine/specification/files/book-file";
import { noBooks } from "../fixtures/no-books";
import { rkmeOf, type SimulatedMarket } from "../fixtures/simulated-market";

/** What specifications are: points of their own, or weights on a book of the space. */
export type SearchForm = "outline" | "book";

/** A market's space in one form, and what describes in it. */
export interface FormedSpace {
  readonly space: Space;
  /** Null where specifications have points of their own. */
  readonly book: BookPoints | null;
  readonly describer: Describer;
}

/** Learnwares that a book is made of; of more its points are drawn no better. */
const MOST_FOR_BOOK = 500;

/** The same in every thread. */
export async function formedSpace(market: SimulatedMarket, form: SearchForm): Promise<FormedSpace> {
  const { island, count } = market;
  if (form === "outline")
    return { space: island, book: null, describer: await Describer.create(noBooks) };
  const step = Math.max(1, Math.floor(count / MOST_FOR_BOOK));
  const drawn = Array.from({ length: Math.min(count, MOST_FOR_BOOK) }, (_, i) => i * step);
  const { gamma } = island.kernel;
  const published = drawn.map((i) => rkmeOf(market.learnware(i), gamma));
  const points = (await makeBook(published, island.id))!;
  const bytes = encodeBook(points);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const open = async () => ({ sizeBytes: bytes.length, stream: new Blob([bytes]).stream() });
  const space = { ...island, book: { sha256, points: points.rows } };
  return { space, book: points, describer: await Describer.create({ open }) };
}
