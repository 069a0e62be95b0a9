/** @file What matches columns by their names, with what it knows of words: fetched when there are columns. */

import type { ColumnProfile } from "../../../../engine/kinds/table/columns/profile";
import {
  type IslandMatch,
  rematch as rematchTable,
} from "../../../../engine/kinds/table/match/match";
import { wholeColumn } from "../../../../engine/kinds/table/match/whole-column";
import { isOfTables, type Space } from "../../../../engine/kinds/space";

export { joinValues } from "../../../../engine/kinds/table/match/match";
export { detectAnswers } from "../choose/answers";

/** The same match with one part of the space given another column (or none) by the user's hand. */
export function rematch(
  space: Space,
  match: IslandMatch,
  columns: readonly ColumnProfile[],
  part: string,
  column: number | null,
): IslandMatch {
  return isOfTables(space)
    ? rematchTable(space, match, columns, part, column)
    : wholeColumn(space, column, { score: 1, fits: true, reason: "by_hand" });
}
