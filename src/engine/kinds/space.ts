/** @file Spaces of all kinds, without what is made of them: a page that only passes one on needs no more. */

import { EngineError } from "../ground/errors";
import type { EmbeddingSpace } from "../specification/embedding/embedding-space";
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
  const { name, kind } = space;
  throw new EngineError("unsupported_kind", `"${name}" is of the kind "${kind}"`, { form: kind });
}
