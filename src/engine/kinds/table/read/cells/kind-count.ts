import { type Cell, isAscii } from "./cell";
import type { CellKind } from "./cell-table";

/** Finds out what all cells of a column have in common. */
export class KindCount {
  isAscii = true;
  #kind: CellKind | null = null;
  #hasNumbers = false;

  get kind(): CellKind {
    return this.#kind ?? "text";
  }

  /** Whether cells of different kinds make it a column of texts, and some of them are numbers. */
  get isMixed(): boolean {
    return this.#hasNumbers && this.kind === "text";
  }

  note(cell: Cell): void {
    if (typeof cell === "string" && this.isAscii) this.isAscii = isAscii(cell);
    if (cell === null || (this.#kind === "text" && this.#hasNumbers)) return;
    const kind = kindOf(cell);
    if (kind !== null && isNumeric(kind)) this.#hasNumbers = true;
    if (kind === this.#kind || kind === null) return;
    if (this.#kind === null) this.#kind = kind;
    else {
      const areNumbers = isNumeric(kind) && isNumeric(this.#kind);
      this.#kind = areNumbers ? "number" : "text";
    }
  }
}

function kindOf(cell: string | number | bigint | boolean | Date): CellKind | null {
  if (typeof cell === "number") {
    if (Number.isNaN(cell)) return null;
    return Number.isSafeInteger(cell) && !Object.is(cell, -0) ? "integer" : "number";
  }
  if (typeof cell === "bigint") return "integer";
  if (typeof cell === "boolean") return "boolean";
  return cell instanceof Date ? "date" : "text";
}

function isNumeric(kind: CellKind): boolean {
  return kind === "integer" || kind === "number";
}
