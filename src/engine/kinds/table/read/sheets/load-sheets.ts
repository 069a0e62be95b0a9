import type { Steps } from "../../../../ground/progress";
import { noTable } from "../cells/no-table";
import type { LoadedTable } from "../cells/cell-reader";
import type { ReadOptions } from "../reader";
import { gridTable } from "./grid";
import type { Grid } from "./sheet-cells";

/** A workbook whose sheets are read when they are asked for. */
export interface Workbook {
  readonly sheets: readonly string[];
  /** Whether those who open it do not see a sheet. */
  readonly isHidden: (index: number) => boolean;
  readonly readSheet: (index: number) => Steps<Grid>;
}

/**
 * The table of the sheet that is asked for; or else of the first with rows of several cells, or with anything, hidden ones last.
 *
 * @throws EngineError `no_table`
 */
export async function* loadSheets(
  workbook: Workbook,
  options: ReadOptions,
  format: string,
): Steps<LoadedTable> {
  const { sheets } = workbook;
  const hiddenLast = (index: number) => Number(workbook.isHidden(index));
  const asked = options.sheet === undefined ? -1 : sheets.indexOf(options.sheet);
  let chosen = asked;
  let grid: Grid | null = null;
  const inOrder = [...sheets.keys()].sort((a, b) => hiddenLast(a) - hiddenLast(b));
  for (const index of asked >= 0 ? [asked] : inOrder) {
    const next = yield* workbook.readSheet(index);
    if (grid && widthOf(next) < 2) continue;
    if (asked < 0 && widthOf(next) === 0) continue;
    grid = next;
    chosen = index;
    if (widthOf(next) > 1) break;
  }
  if (!grid) throw noTable(format, "no sheet has a cell with a value");
  const loaded = { ...gridTable(grid, options, format), sheets, sheet: sheets[chosen]! };
  const others = sheets.filter((_, i) => i !== chosen);
  if (asked >= 0 || others.length === 0) return loaded;
  const warning = { code: "other_sheets", count: others.length, sheets: others } as const;
  return { ...loaded, warnings: [...loaded.warnings, warning] };
}

/** Cells in the second widest of the rows, which is no title; 1 if there is only one row, 0 if there is none. */
function widthOf({ rows }: Grid): number {
  const widths = rows
    .map((row) => row?.filter((cell) => cell !== null && cell !== "").length ?? 0)
    .filter((width) => width > 0);
  const [widest = 0, second = 1] = widths.toSorted((a, b) => b - a);
  return Math.min(widest, second);
}
