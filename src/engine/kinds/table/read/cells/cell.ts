/** The value of a cell in a format that tells kinds of values apart; null where it is missing. */
export type Cell = string | number | bigint | boolean | Date | null;

/** A cell as text. */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isNaN(cell) ? "" : String(cell);
  return cell instanceof Date ? dateText(cell) : String(cell);
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "";
  return date.toISOString().replace("T00:00:00.000Z", "").replace(".000Z", "Z");
}

export function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}
