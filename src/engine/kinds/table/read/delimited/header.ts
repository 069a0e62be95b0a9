import { packOrderedDate, parsePlainDate } from "../../columns/dates";
import { isMissing, trimCell } from "../../columns/missing";
import { parseNumber } from "../../columns/numerals";

type Kind = "number" | "date" | "boolean" | "missing" | "text";

const BOOLEAN = /^(?:true|false|yes|no|[ynt])$/i;
const LOOKED_AT = 200;

/**
 * Whether the first record names the columns. Each column votes: for, if its values are numbers,
 * dates or truth values and its first cell is not; against, if its first cell is of the same
 * kind as its values, or is a word that comes again below.
 */
export function sniffHeader(records: readonly (readonly string[])[]): boolean {
  const [first, ...below] = records;
  if (!first) return false;
  const cells = first.map(trimCell);
  if (below.length === 0) return !cells.some((cell) => kindOf(cell) === "number");
  // Where tables were put below each other, the names come again.
  const rows = below
    .filter((row) => row.length !== first.length || row.some((cell, j) => cell !== first[j]))
    .slice(0, LOOKED_AT);
  let votes = 0;
  cells.forEach((cell, j) => {
    votes += vote(
      cell,
      rows.map((row) => trimCell(row[j] ?? "")),
    );
  });
  if (votes !== 0) return votes > 0;
  const named = cells.filter((cell) => cell !== "");
  return new Set(named).size === named.length && cells.every((cell) => kindOf(cell) !== "number");
}

function vote(cell: string, values: readonly string[]): number {
  const kinds = values.map(kindOf).filter((kind) => kind !== "missing");
  if (kinds.length === 0) return 0;
  const kind = kindOf(cell);
  const usual = (["number", "date", "boolean"] as const).find(
    (one) => kinds.filter((other) => other === one).length >= 0.8 * kinds.length,
  );
  if (usual === undefined) {
    const again = cell !== "" && values.includes(cell);
    return again ? -0.75 : 0;
  }
  if (kind === "missing") return 0;
  if (kind !== usual) return 1;
  if (usual === "boolean") return -0.5;
  // 2019, 2020, 2021 as names of columns of other numbers.
  const isYearName = isYear(cell) && values.filter(isYear).length < 0.5 * values.length;
  return isYearName ? 1 : -1;
}

function kindOf(cell: string): Kind {
  if (isMissing(cell)) return "missing";
  if (BOOLEAN.test(cell)) return "boolean";
  const isNumber = [".", ","].some(
    (decimal) => !Number.isNaN(parseNumber(cell, { decimal: decimal === "," ? "," : "." })),
  );
  if (isNumber) return "number";
  return Number.isNaN(parsePlainDate(cell)) && Number.isNaN(packOrderedDate(cell))
    ? "text"
    : "date";
}

function isYear(cell: string): boolean {
  return /^(?:18|19|20|21)\d\d$/.test(cell);
}
