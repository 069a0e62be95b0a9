import type { Cell } from "../cells/cell";
import { damaged } from "../cells/damaged";
import type { Grid, Merge } from "../sheets/sheet-cells";
import { attribute, type XmlListener } from "../sheets/xml";

const CALLED = "OpenDocument spreadsheet";
const MOST_ROWS = 1 << 21;
const MOST_COLUMNS = 1 << 14;
/** Cells that repeats may add up to. */
const MOST_CELLS = 20_000_000;

type Attributes = Readonly<Record<string, string>>;

interface Sheet {
  readonly name: string;
  readonly grid: Grid;
}

/** Takes in the content of a spreadsheet. Repeated rows and cells are written out where they hold something. */
export class ContentListener implements XmlListener {
  readonly sheets: Sheet[] = [];
  #rows: (Cell[] | undefined)[] = [];
  #merges: Merge[] = [];
  #row: Cell[] = [];
  #rowIndex = 0;
  #rowRepeat = 1;
  #column = 0;
  #attributes: Attributes = {};
  #text = "";
  #paragraphs = 0;
  /** How deep in notes, whose text is none of the cell's. */
  #asides = 0;
  #isText = false;
  #cells = 0;

  readonly open: XmlListener["open"] = (name, attributes) => {
    switch (name) {
      case "table":
        this.#rows = [];
        this.#merges = [];
        this.#rowIndex = 0;
        this.sheets.push({
          name: attribute(attributes, "name") ?? "",
          grid: { rows: this.#rows, merges: this.#merges },
        });
        return;
      case "table-row":
        this.#row = [];
        this.#column = 0;
        this.#rowRepeat = repeat(attribute(attributes, "number-rows-repeated"));
        return;
      case "table-cell":
      case "covered-table-cell":
        this.#attributes = attributes;
        this.#text = "";
        this.#paragraphs = 0;
        return;
      case "annotation":
        this.#asides++;
        return;
      case "p":
        if (this.#asides > 0) return;
        this.#isText = true;
        if (this.#paragraphs++ > 0) this.#text += "\n";
        return;
      case "s":
        if (this.#isText)
          this.#text += " ".repeat(Math.min(repeat(attribute(attributes, "c")), 1000));
        return;
      default:
    }
  };

  readonly text = (text: string): void => {
    if (this.#isText && this.#asides === 0) this.#text += text;
  };

  readonly close = (name: string): void => {
    if (name === "p") this.#isText = false;
    else if (name === "annotation") this.#asides--;
    else if (name === "table-cell" || name === "covered-table-cell") this.#endCell();
    else if (name === "table-row") this.#endRow();
  };

  #endCell(): void {
    const cell = cellOf(this.#attributes, this.#text);
    const count = repeat(attribute(this.#attributes, "number-columns-repeated"));
    this.#merge();
    if (cell !== null) {
      if (this.#column + count > MOST_COLUMNS) throw damaged(CALLED, "a row has too many cells");
      while (this.#row.length < this.#column) this.#row.push(null);
      for (let i = 0; i < count; i++) this.#row.push(cell);
    }
    this.#column += count;
  }

  #endRow(): void {
    if (this.#row.length > 0) {
      this.#cells += this.#row.length * this.#rowRepeat;
      const last = this.#rowIndex + this.#rowRepeat;
      if (last > MOST_ROWS || this.#cells > MOST_CELLS)
        throw damaged(CALLED, "it has too many rows");
      for (let i = this.#rowIndex; i < last; i++) this.#rows[i] = this.#row;
    }
    this.#rowIndex += this.#rowRepeat;
  }

  #merge(): void {
    const rows = repeat(attribute(this.#attributes, "number-rows-spanned"));
    const columns = repeat(attribute(this.#attributes, "number-columns-spanned"));
    if (rows === 1 && columns === 1) return;
    const [top, left] = [this.#rowIndex, this.#column];
    this.#merges.push({ top, left, bottom: top + rows - 1, right: left + columns - 1 });
  }
}

function repeat(count: string | undefined): number {
  const number = Number(count ?? 1);
  return Number.isInteger(number) && number > 0 ? number : 1;
}

function cellOf(attributes: Attributes, text: string): Cell {
  const value = attribute(attributes, "value") ?? "";
  switch (attribute(attributes, "value-type")) {
    case "float":
    case "percentage":
    case "currency":
      return Number.isFinite(Number(value)) && value !== "" ? Number(value) : text;
    case "boolean":
      return attribute(attributes, "boolean-value") === "true";
    case "date": {
      const written = attribute(attributes, "date-value") ?? "";
      const date = new Date(written.length > 10 ? `${written.replace(/Z$/, "")}Z` : written);
      return Number.isNaN(date.getTime()) ? text : date;
    }
    default:
      return text === "" ? (attribute(attributes, "string-value") ?? null) : text;
  }
}
