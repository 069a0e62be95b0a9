/** @file Which column of a table plays which feature of an island: found and told as in the page. */

import { EngineError } from "../../engine/ground/errors";
import type { FeatureMatch, Space } from "../../engine/kinds/table/space/space";
import type { IslandMatch } from "../../engine/kinds/table/match/match";
import { rankIslands } from "../../engine/kinds/table/match/related";
import type { ColumnProfile } from "../../engine/kinds/table/columns/profile";
import { joinedLines, leftOutLines } from "../match-lines";

/**
 * Match a table's columns to an island, saying on standard error what was found, what only seems to be the same, and
 * what is missing.
 *
 * @throws EngineError `bad_parameter` if there is nothing at all.
 */
export function matchColumns(
  island: Space,
  columns: readonly ColumnProfile[],
): readonly FeatureMatch[] {
  const match = rankIslands([island], columns)[0]!;
  if (match.matched === 0) {
    const message = `the table has no column of the island "${island.name}"`;
    throw new EngineError("bad_parameter", message);
  }
  console.error(linesOf(island, match, columns).join("\n"));
  return match.matches;
}

function linesOf(
  island: Space,
  { matched, total, details, fits }: IslandMatch,
  columns: readonly ColumnProfile[],
): string[] {
  const found = `${matched} of ${total} features of "${island.name}"`;
  const pairs = details.flatMap(({ feature, column }) =>
    column === null ? [] : `  "${columns[column]!.name}" as ${feature}`,
  );
  const odd = details.flatMap(({ feature, column, implausible }) =>
    column !== null && implausible ? [`"${columns[column]!.name}" as ${feature}`] : [],
  );
  const byValues = details.flatMap(({ feature, column, reason }) =>
    column !== null && (reason === "same_values" || reason === "named_value")
      ? [`"${columns[column]!.name}" taken as ${feature} by its values`]
      : [],
  );
  const leftOut = details.flatMap(({ feature, leftOut: column }) =>
    column === undefined ? [] : [{ feature, column }],
  );
  const missing = details.flatMap(({ feature, column }) => (column === null ? feature : []));
  return [
    ...(fits
      ? [`${found} found`]
      : [`${found} seem to be among the columns, less certain:`, ...pairs]),
    ...(fits ? byValues : []),
    ...joinedLines(details, columns),
    ...leftOutLines(island, leftOut, columns),
    ...(odd.length > 0
      ? [`check units and meaning: values look different from the island's in ${odd.join(", ")}`]
      : []),
    ...(missing.length > 0
      ? [`missing, and filled in as each learnware's own rows suggest: ${missing.join(", ")}`]
      : []),
  ];
}
