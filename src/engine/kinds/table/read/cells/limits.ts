import { EngineError } from "../../../../ground/errors";

/** No table of ours is wider. */
const MOST_COLUMNS = 10_000;

/** @throws EngineError `too_many_columns` */
export function requireWidth(columns: number): void {
  if (columns <= MOST_COLUMNS) return;
  throw new EngineError(
    "too_many_columns",
    `the table has ${columns} columns, ${MOST_COLUMNS} are allowed`,
    { columns, limit: MOST_COLUMNS },
  );
}
