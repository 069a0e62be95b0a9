import type { Space } from "../../engine/kinds/space";
import type { Described } from "../../engine/specification/describe";
import type { SpecificationExtras } from "../../engine/specification/specification";

/** What Berth adds to the file of a specification that was made for a space. */
export function specificationExtras(
  { id, version, book }: Pick<Space, "id" | "version" | "book">,
  { radiusSquared, bookWeights }: Pick<Described, "radiusSquared" | "bookWeights">,
): SpecificationExtras {
  const name = { space: id, spaceVersion: version, radiusSquared };
  return book && bookWeights ? { ...name, book: book.sha256 } : name;
}
