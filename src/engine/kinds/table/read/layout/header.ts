import { trimCell } from "../../columns/missing";
import { type CellKind, kindOf, MOSTLY } from "./kinds";

const LOOKED_AT = 200;

/** Numbers that follow each other, so many of them, are names. */
const SHORTEST_RUN = 3;

/**
 * Whether the first record names the columns. Each column votes: for, if its values are numbers,
 * dates or truth values and its first cell is not; against, if its first cell is of the same
 * kind as its values, or is a word that comes again below. Numbers that follow each other, as 0, 1, 2 or
 * 2019, 2020, 2021, are names if no row has such ones.
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
  if (isRun(cells) && !rows.some((row) => isRun(row.map(trimCell)))) return true;
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
    (one: CellKind) => kinds.filter((other) => other === one).length >= MOSTLY * kinds.length,
  );
  if (usual === undefined) {
    const again = cell !== "" && values.includes(cell);
    return again ? -0.75 : 0;
  }
  if (kind === "missing") return 0;
  if (kind !== usual) return 1;
  // Y as a name of truth values is none of them.
  if (usual === "boolean") return values.includes(cell) ? -0.5 : 1;
  // 2019, 2020, 2021 as names of columns of other numbers.
  const isYearName = isYear(cell) && values.filter(isYear).length < 0.5 * values.length;
  return isYearName ? 1 : -1;
}

/** 0, 1, 2 or 1, 2, 3 or years one after the other; with at most one word before them, or nothing. */
function isRun(cells: readonly string[]): boolean {
  const isLabelled = !/^\d+$/.test(cells[0] ?? "");
  const numbers = cells.slice(isLabelled ? 1 : 0);
  if (numbers.length < SHORTEST_RUN && (cells[0] !== "" || numbers.length < 2)) return false;
  if (!/^[01]$/.test(numbers[0]!) && !isYear(numbers[0]!)) return false;
  return numbers.every((cell, i) => /^\d+$/.test(cell) && Number(cell) === Number(numbers[0]) + i);
}

function isYear(cell: string): boolean {
  return /^(?:18|19|20|21)\d\d$/.test(cell);
}
