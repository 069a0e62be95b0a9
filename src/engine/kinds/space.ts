/** @file Spaces of all kinds, without what is made of them: a page that only passes one on needs no more. */

import { EngineError } from "../ground/errors";
import type { EmbeddingSpace } from "../specification/embedding/embedding-space";
import { widthOf } from "./table/space/encoded-width";
import type { Space as TableSpace } from "./table/space/space";

/** What makes specifications comparable, of whatever kind the data are. */
export type Space = EmbeddingSpace | TableSpace;
export type { TableSpace };

/** Whether a space is one of tables. */
export function isOfTables(space: Space): space is TableSpace {
  return "features" in space;
}

/** @throws EngineError `unsupported_kind` if a space is none of tables. */
export function tableSpace(space: Space): TableSpace {
  if (isOfTables(space)) return space;
  throw new EngineError(
    "unsupported_kind",
    `"${space.name}" is for data of the kind "${space.kind}", and no table`,
    {
      form: space.kind,
    },
  );
}

/** How many numbers a point of it has. */
export function dimensionOf(space: Space): number {
  return isOfTables(space) ? widthOf(space) : space.dimension;
}

/** What a table of the space has columns for; nothing of other kinds. */
export function featuresOf(space: Space): TableSpace["features"] {
  return isOfTables(space) ? space.features : [];
}
