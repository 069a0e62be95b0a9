import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { normal, seededRandom } from "../../src/engine/ground/random";

const LEVELS = ["north", "east", "south", "west"];
/** Written at once. */
const ROWS_AT_ONCE = 200;

/** A table of numbers, every fifth column of words, some cells empty. */
export async function writeMany(file: string, rows: number, columns: number): Promise<void> {
  const random = seededRandom(1);
  function cell(column: number): string {
    if (random() < 0.02) return "";
    if (column % 5 === 4) return LEVELS[Math.floor(LEVELS.length * random())]!;
    return (column + normal(random)).toFixed(3);
  }
  function* text(): Generator<string> {
    const indices = Array.from({ length: columns }, (_, column) => column);
    yield `${indices.map((column) => `column ${column + 1}`).join(",")}\n`;
    for (let row = 0; row < rows; row += ROWS_AT_ONCE) {
      const some = Math.min(ROWS_AT_ONCE, rows - row);
      yield Array.from({ length: some }, () => `${indices.map(cell).join(",")}\n`).join("");
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(file));
}
