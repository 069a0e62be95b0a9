import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { columnTexts } from "../../engine/kinds/table/read/column-texts";
import type { OpenTable } from "../../engine/kinds/table/read/index";

/**
 * The cells of a column as they are written; empty where a row has none.
 *
 * @throws EngineError `bad_parameter` if the table has no such column.
 */
export async function textsOfColumn(open: OpenTable, name: string): Promise<string[]> {
  const at = open.read.profile.columns.findIndex((column) => column.name === name);
  if (at < 0) throw new EngineError("bad_parameter", `the table has no column "${name}"`);
  return finish(columnTexts(open, at));
}
