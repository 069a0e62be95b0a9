import type { Repair, RepairCode } from "../columns/profile";

const MOST_LINES = 20;
const MOST_TEXT = 200;

/** What was done to make a table of a file, and where. */
export class Repairs {
  readonly #counts = new Map<RepairCode, { count: number; lines: number[]; text: string }>();

  /** @param line - From 1, of the file. @param record - What was left out. */
  note(code: RepairCode, line: number, record?: readonly string[]): void {
    const known = this.#counts.get(code) ?? { count: 0, lines: [], text: "" };
    known.count++;
    if (known.lines.length < MOST_LINES) known.lines.push(line);
    if (record && known.text === "") known.text = record.join(" ").trim().slice(0, MOST_TEXT);
    this.#counts.set(code, known);
  }

  get all(): readonly Repair[] {
    return [...this.#counts].map(([code, { count, lines, text }]) => ({
      code,
      count,
      lines: lines.toSorted((a, b) => a - b),
      text,
    }));
  }
}
