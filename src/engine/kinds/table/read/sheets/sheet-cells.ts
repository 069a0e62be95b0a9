import { trimCell } from "../../columns/missing";
import type { Cell } from "../cells/cell";

/** Cells that one value stands for. All are inclusive, from 0. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** What lies on a sheet. Rows and cells may be missing. */
export interface Grid {
  readonly rows: readonly (readonly Cell[] | undefined)[];
  readonly merges: readonly Merge[];
}

export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || cell === null || (typeof cell === "string" && trimCell(cell) === "");
}
