import type { TextPlan } from "../encoding/encoding";
import type { TextPiece } from "../text-stream";

/** Where in the stored bytes of a file a row begins, and which row it is. */
export interface RowPlace {
  readonly row: number;
  readonly byte: number;
}

/** A file has one place for about so many bytes: what has to be read to show a row. */
const APART = 1 << 18;

/** A sign is one byte or more of them, and what was read no longer tells how many. */
const SEVERAL_BYTES: ReadonlySet<string> = new Set([
  "gb18030",
  "big5",
  "shift_jis",
  "euc-jp",
  "euc-kr",
]);

/** Notes where rows begin while a file is read, so that some of them can be read again without those before. */
export class RowPlaces {
  readonly #plan: TextPlan;
  readonly #places: RowPlace[] = [];
  /** NULs and undecodable bytes are left out of the text, which then no longer tells how many bytes it was. */
  #isExact: boolean;

  constructor(plan: TextPlan) {
    this.#plan = plan;
    this.#isExact = !plan.isGzip && !SEVERAL_BYTES.has(plan.encoding);
  }

  get found(): readonly RowPlace[] {
    return this.#places;
  }

  /** @param rest - Text after the last record that is complete: that of row `row`, as far as it was read. */
  note({ last, bytesRead, replaced }: TextPiece, rest: string, row: number): void {
    if (replaced > 0) this.#isExact = false;
    if (!this.#isExact || bytesRead - (this.#places.at(-1)?.byte ?? 0) < APART) return;
    const held = heldBack(last, this.#plan);
    if (held === null) return;
    this.#places.push({ row, byte: bytesRead - held - byteLength(rest, this.#plan) });
  }
}

/** The last place at or before a row; null if it is the beginning of the file. */
export function placeBefore(places: readonly RowPlace[], row: number): RowPlace | null {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]!.row <= row) low = middle + 1;
    else high = middle;
  }
  return places[low - 1] ?? null;
}

/** Bytes at the end of a piece that are the first of a character whose others are yet to come. */
function heldBack(piece: Uint8Array, { encoding }: TextPlan): number | null {
  if (!encoding.startsWith("utf-")) return 0;
  if (piece.length < 4 || piece.length % 2 === 1)
    return encoding === "utf-8" ? tailOf(piece) : null;
  if (encoding === "utf-8") return tailOf(piece);
  const high = piece.at(encoding === "utf-16le" ? -1 : -2)!;
  return high >= 0xd8 && high < 0xdc ? 2 : 0;
}

function tailOf(piece: Uint8Array): number | null {
  if (piece.length < 4) return null;
  for (let back = 1; back <= 3; back++) {
    const byte = piece.at(-back)!;
    if ((byte & 0xc0) === 0x80) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return wanted > back ? back : 0;
  }
  return 0;
}

function byteLength(text: string, { encoding }: TextPlan): number {
  if (!encoding.startsWith("utf-")) return text.length;
  if (encoding !== "utf-8") return 2 * text.length;
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
