import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { EngineError } from "../../engine/ground/errors";
import { dimensionOf } from "../../engine/kinds/dimension-of";
import type { Space } from "../../engine/kinds/space";
import type { BookPoints } from "../../engine/specification/book/book";
import { decodeBook } from "../../engine/specification/files/book-file";
import { openDock } from "../predict/open-dock";

/** For the help of commands that describe rows on an island that is given as a file. */
export const BOOK_USAGE = `On an island that has public points ("book" in its JSON) a specification is weights on them:

  --book FILE.npy   the points, as the dock gives them out under /api/v1/books/, or a dock of plain files under books/
  --dock URL|DIR    fetch them from this dock instead`;

export const bookOptions = { book: { type: "string" }, dock: { type: "string" } } as const;

/** Where the points are. */
interface Places {
  readonly book?: string | undefined;
  readonly dock?: string | undefined;
}

/**
 * The points of an island's book.
 *
 * @returns Null if the island has none.
 * @throws EngineError `bad_parameter` if it has one and no place is told, or another is there; `bad_specification` if the
 *   file is none.
 * @throws AppError as a dock does.
 */
export async function readBook(space: Space, { book, dock }: Places): Promise<BookPoints | null> {
  const mark = space.book;
  if (!mark) return null;
  const cols = dimensionOf(space);
  if (book !== undefined) {
    const bytes = bytesOf(book);
    if (createHash("sha256").update(bytes).digest("hex") !== mark.sha256) {
      throw new EngineError("bad_parameter", `${book} is not the book of "${space.name}"`);
    }
    return decodeBook(bytes, cols);
  }
  if (dock !== undefined) {
    const opened = await openDock(dock);
    return opened.dock.book(mark, cols).finally(() => opened.close());
  }
  throw new EngineError(
    "bad_parameter",
    `specifications on "${space.name}" are weights on its ${mark.points} public points; give them with --book FILE.npy, or the dock that has them with --dock URL`,
  );
}

function bytesOf(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    const message = `the book ${JSON.stringify(file)} cannot be read; give the .npy file of the dock`;
    throw new EngineError("bad_parameter", message, {}, { cause });
  }
}
