import type { Cell } from "../cells/cell";
import { damaged } from "../cells/damaged";
import type { Grid, Merge } from "../sheets/sheet-cells";
import { clockText } from "../sheets/clock-text";
import { attribute, type XmlListener } from "../sheets/xml";

const CALLED = "OpenDocument spreadsheet";
const MOST_ROWS = 1 << 21;
const MOST_COLUMNS = 1 << 14;
/** Cells that repeats may add up to. */
const MOST_CELLS = 20_000_000;

/** Elements within a cell, or beside all of them, whose text is none of a cell's. */
const ASIDES: ReadonlySet<string> = new Set([
  ...["annotation", "frame", "custom-shape", "caption", "rect", "line", "ellipse", "connector"],
  ...["control", "g", "shapes", "tracked-changes"],
]);
/** How a formula that failed is shown. Some writers store a number with it. */
const FAILED = /^(?:Err:\d{3}|#(?:N\/A|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|NULL!))$/;

type Attributes = Readonly<Record<string, string>>;

interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
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
  /** How deep in what is no part of a cell. */
  #asides = 0;
  #style = "";
  readonly #hiddenStyles = new Set<string>();
  #isText = false;
  #cells = 0;

  readonly open: XmlListener["open"] = (name, attributes) => {
    if (ASIDES.has(name)) this.#asides++;
    if (this.#asides > 0) return;
    switch (name) {
      case "style":
        this.#style = attribute(attributes, "name") ?? "";
        return;
      case "table-properties":
        if (attribute(attributes, "display") === "false") this.#hiddenStyles.add(this.#style);
        return;
      case "table":
        this.#rows = [];
        this.#merges = [];
        this.#rowIndex = 0;
        this.sheets.push({
          name: attribute(attributes, "name") ?? "",
          isHidden: this.#hiddenStyles.has(attribute(attributes, "style-name") ?? ""),
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
      case "p":
        this.#isText = true;
        if (this.#paragraphs++ > 0) this.#text += "\n";
        return;
      case "s":
        if (this.#isText)
          this.#text += " ".repeat(Math.min(repeat(attribute(attributes, "c")), 1000));
        return;
      case "tab":
        if (this.#isText) this.#text += "\t";
        return;
      case "line-break":
        if (this.#isText) this.#text += "\n";
        return;
      default:
    }
  };

  readonly text = (text: string): void => {
    // Blanks that are meant are written as elements.
    if (this.#isText && this.#asides === 0) this.#text += text.replace(/[\t\r\n ]+/g, " ");
  };

  readonly close = (name: string): void => {
    if (ASIDES.has(name)) this.#asides--;
    else if (this.#asides > 0) return;
    else if (name === "p") this.#isText = false;
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
  const hasFailed = Object.entries(attributes).some(
    ([name, type]) => name.endsWith(":value-type") && type === "error",
  );
  if (hasFailed || FAILED.test(text)) return null;
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
    case "time": {
      const written = attribute(attributes, "time-value") ?? "";
      const [, hours, minutes, seconds] = /^PT(\d+)H(\d+)M(\d+(?:[.,]\d+)?)S$/.exec(written) ?? [];
      if (seconds === undefined) return text;
      const whole = 3600 * Number(hours) + 60 * Number(minutes);
      return clockText(whole + Number(seconds.replace(",", ".")));
    }
    default:
      return text === "" ? (attribute(attributes, "string-value") ?? null) : text;
  }
}
