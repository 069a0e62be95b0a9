import { EngineError } from "../../../../ground/errors";

/** @param found - What there is instead. */
export function noTable(format: string, found: string): EngineError {
  return new EngineError(
    "no_table",
    `there is no table in this ${format}: ${found}. Export the table on its own, for example as CSV.`,
    { format },
  );
}
