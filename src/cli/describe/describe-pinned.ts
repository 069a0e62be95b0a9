import { readFile } from "node:fs/promises";

import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { describeOptions } from "../../engine/kinds/describe-options";
import { IMAGE_SPACES } from "../../engine/kinds/image/spaces";
import { TEXT_SPACES } from "../../engine/kinds/text/spaces";
import type { BookPoints } from "../../engine/specification/book/book";
import { type Described, describeRows } from "../../engine/specification/describe";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { decodeBook } from "../../engine/specification/files/book-file";
import { machineSecret } from "../machine-secret";
import type { UserTable } from "../../library/user-table";
import { EMBEDDERS } from "../texts/place-texts";
import { openCompute } from "../threads/open-compute";

const SPACES: readonly EmbeddingSpace[] = [
  ...Object.values(TEXT_SPACES),
  ...Object.values(IMAGE_SPACES),
];

/** The points that everybody has of a space. */
export async function readPinnedBook({
  id,
  dimension,
}: Pick<EmbeddingSpace, "id" | "dimension">): Promise<BookPoints> {
  const file = await readFile(new URL(`${id}.book.npy`, EMBEDDERS));
  return decodeBook(new Uint8Array(file), dimension);
}

/**
 * Texts or pictures as weights on the points of the space that suits them best.
 *
 * @throws EngineError `unsupported_kind` if it is a table; as `describeRows`.
 */
export async function describePinned(
  user: UserTable,
): Promise<{ readonly space: EmbeddingSpace; readonly described: Described }> {
  const { lies } = user;
  const space = SPACES.find(({ kind, basis }) => kind === lies?.kind && basis === lies.basis);
  if (!space) throw new EngineError("unsupported_kind", "tables lie in the space of an island");
  const book = await readPinnedBook(space);
  const rows = await user.scaledRows({ island: space, matches: [] });
  const compute = await openCompute();
  try {
    const options = describeOptions(space, book, machineSecret());
    return { space, described: await finish(describeRows(compute, rows, options)) };
  } finally {
    compute.dispose();
  }
}
