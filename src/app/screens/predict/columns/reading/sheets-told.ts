import type { ReadOptions } from "../../../../../contracts/workers/data-api";
import type { TypesByHand } from "../types-by-hand";

/** What the user said of one sheet. */
interface SheetTold {
  readonly told: ReadOptions;
  readonly types: TypesByHand;
}

/** What the user said of sheets that were left for others, as long as their workbook is there. */
export class SheetsTold {
  readonly #byFile = new WeakMap<File, Map<string, SheetTold>>();

  keep(file: File, sheet: string, told: SheetTold): void {
    const sheets = this.#byFile.get(file) ?? new Map<string, SheetTold>();
    sheets.set(sheet, told);
    this.#byFile.set(file, sheets);
  }

  of(file: File, sheet: string): SheetTold {
    return this.#byFile.get(file)?.get(sheet) ?? { told: {}, types: [] };
  }
}
