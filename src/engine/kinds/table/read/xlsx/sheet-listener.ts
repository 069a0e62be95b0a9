import type { Cell } from "../cells/cell";
import { damaged } from "../cells/damaged";
import type { Grid, Merge } from "../sheets/sheet-cells";
import type { XmlListener } from "../sheets/xml";
import { clockText } from "../sheets/clock-text";
import { dateOfSerial, type NumberFormat } from "./number-format";
import { plainText } from "./plain-text";

const CALLED = "Excel workbook";
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const SECONDS_PER_DAY = 86_400;

/** Takes in the XML of a sheet. Of formulas it takes the values that were stored. */
export class SheetListener implements XmlListener {
  readonly #rows: Cell[][] = [];
  readonly #merges: Merge[] = [];
  readonly #strings: readonly string[];
  readonly #formats: readonly NumberFormat[];
  readonly #is1904: boolean;
  #row = -1;
  #column = -1;
  #type = "n";
  #format: NumberFormat = "number";
  #value = "";
  #taken = "";
  /** Within what tells how a text is pronounced. */
  #isAside = false;

  constructor(strings: readonly string[], formats: readonly NumberFormat[], is1904: boolean) {
    this.#strings = strings;
    this.#formats = formats;
    this.#is1904 = is1904;
  }

  get grid(): Grid {
    return { rows: this.#rows, merges: this.#merges };
  }

  readonly open: XmlListener["open"] = (name, attributes) => {
    switch (name) {
      case "row": {
        const at = attributes["r"];
        this.#row = at === undefined ? this.#row + 1 : Number(at) - 1;
        this.#column = -1;
        if (!isBelow(this.#row, MOST_ROWS)) throw damaged(CALLED, `there is no row ${at}`);
        return;
      }
      case "c":
        this.#place(attributes["r"]);
        this.#type = attributes["t"] ?? "n";
        this.#format = this.#formats[Number(attributes["s"] ?? 0)] ?? "number";
        this.#value = "";
        return;
      case "rPh":
        this.#isAside = true;
        return;
      case "mergeCell":
        this.#merge(attributes["ref"] ?? "");
        return;
      default:
        this.#taken = name === "v" || (name === "t" && !this.#isAside) ? name : "";
    }
  };

  readonly text = (text: string): void => {
    if (this.#taken !== "") this.#value += text;
  };

  readonly close = (name: string): void => {
    this.#taken = "";
    if (name === "rPh") this.#isAside = false;
    if (name !== "c" || this.#value === "") return;
    const row = (this.#rows[this.#row] ??= []);
    while (row.length < this.#column) row.push(null);
    row[this.#column] = this.#cell();
  };

  #place(reference: string | undefined): void {
    if (reference === undefined) this.#column++;
    else this.#column = placeOf(reference).column;
    if (this.#row < 0 || !isBelow(this.#column, MOST_COLUMNS)) {
      throw damaged(CALLED, `there is no cell ${reference ?? "outside rows"}`);
    }
  }

  #cell(): Cell {
    const value = this.#value;
    switch (this.#type) {
      case "s":
        return this.#strings[Number(value)] ?? null;
      case "b":
        return value === "1" || value === "true";
      case "e":
        return null;
      case "d": {
        const date = new Date(
          /Z|[+-]\d\d:?\d\d$/.test(value) || value.length <= 10 ? value : `${value}Z`,
        );
        return Number.isNaN(date.getTime()) ? value : date;
      }
      case "n": {
        const number = Number(value);
        if (!Number.isFinite(number)) return value;
        if (this.#format === "number") return number;
        const isTime = this.#format === "span" || (this.#format === "time" && number < 1);
        if (isTime && number >= 0) return clockText(number * SECONDS_PER_DAY);
        return this.#format === "span" ? number : dateOfSerial(number, this.#is1904);
      }
      default:
        return plainText(value);
    }
  }

  #merge(reference: string): void {
    const [first, last] = reference.split(":");
    if (first === undefined || last === undefined) return;
    const [from, to] = [placeOf(first), placeOf(last)];
    this.#merges.push({ top: from.row, left: from.column, bottom: to.row, right: to.column });
  }
}

function isBelow(index: number, most: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < most;
}

/** The row and column of a reference such as "B7", from 0. */
function placeOf(reference: string): { readonly row: number; readonly column: number } {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference) ?? [];
  if (letters === undefined) throw damaged(CALLED, `"${reference.slice(0, 20)}" is no cell`);
  let column = 0;
  for (const letter of letters.toUpperCase()) column = 26 * column + letter.charCodeAt(0) - 64;
  return { row: Number(digits) - 1, column: column - 1 };
}
