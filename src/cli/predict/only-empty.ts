import { EngineError } from "../../engine/ground/errors";
import type { TableProfile } from "../../engine/kinds/table/columns/profile";

/** @throws EngineError `bad_parameter` if the column is empty in no row: nothing would be written. */
export function requireEmpty({ columns }: TableProfile, column: number): number {
  const { name, empty } = columns[column]!;
  if (empty > 0) return column;
  const message = `--only-empty: no cell of "${name}" is empty, so that no row is left to be written`;
  throw new EngineError("bad_parameter", message, { column: name });
}
