import type { Space } from "../../engine/kinds/space";
import { isOfTables } from "../../engine/kinds/space";
import { bestFirst } from "../../engine/kinds/table/match/best-first";
import type { IslandMatch } from "../../engine/kinds/table/match/match";
import { rankIslands } from "../../engine/kinds/table/match/related";
import { wholeColumn } from "../../engine/kinds/table/match/whole-column";
import type { TableProfile } from "../../engine/kinds/table/columns/profile";
import { languageOf } from "../../engine/kinds/text/language";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { textColumnOf } from "./text-column";

/** Below what a table scores that is known by its columns: a column of texts may be a remark at its side. */
const BASIS_SCORE = 0.5;
/** English texts lie in the space of all languages, too, where meaning is not known. */
const OTHER_SCORE = 0.4;

/** A column whose cells are texts, and in what. */
interface ToldColumn {
  readonly column: number;
  /** As ISO 639-3; null if none can be told. */
  readonly language: string | null;
}

/**
 * The islands of every kind that a table could belong to, best first: by names and values of columns, or by a column of texts.
 *
 * @param profile - Of the table; nothing else of it is looked at.
 */
export function rankSpaces(
  spaces: readonly Space[],
  { columns, preview }: Pick<TableProfile, "columns" | "preview">,
): IslandMatch[] {
  const tables = spaces.filter(isOfTables);
  const texts = spaces.filter((space) => !isOfTables(space) && space.kind === "text");
  const found = texts.length === 0 ? null : textColumnOf({ columns, preview });
  const column = found && { column: found.column, language: languageOf(found.cells) };
  const whole = texts.flatMap((space) => (isOfTables(space) ? [] : textMatch(space, column)));
  return [...rankIslands(tables, columns), ...whole].sort(bestFirst);
}

function textMatch(space: EmbeddingSpace, column: ToldColumn | null): IslandMatch {
  const isEnglish = column?.language === "eng";
  const isOwn = (space.basis === "english") === isEnglish;
  return wholeColumn(space, column?.column ?? null, {
    score: isOwn ? BASIS_SCORE : OTHER_SCORE,
    fits: isOwn || isEnglish,
    reason: "whole",
  });
}
