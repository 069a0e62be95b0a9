import { EngineError } from "../../../../ground/errors";
import type { ReadOptions } from "../reader";
import { bytesBetween, type TableSource } from "../source";
import { decodeText } from "./decode-text";
import { looksLikeProse } from "./looks-like-prose";

/** As a delimiter is told: there is none, and each line is a text. */
export const LINES = "lines";
const HEAD_BYTES = 1 << 16;
/** Names of files that say that there are cells in them. */
const OF_CELLS = /\.(?:csv|tsv|tab|psv|json|ndjson|jsonl|gz)$/i;

/**
 * Whether a file holds one text a line: as it is told, or else by its content.
 *
 * @param name - Of the file.
 */
export async function isOfLines(
  source: TableSource,
  name: string,
  { delimiter, encoding }: ReadOptions,
): Promise<boolean> {
  if (delimiter !== undefined) return delimiter === LINES;
  if (OF_CELLS.test(name)) return false;
  const head = await bytesBetween(source, 0, HEAD_BYTES);
  try {
    const { text } = decodeText(head, source.tools, encoding);
    const isWhole = head.length < HEAD_BYTES;
    return looksLikeProse(isWhole ? text : text.slice(0, text.search(/[\r\n][^\r\n]*$/)));
  } catch (error) {
    if (error instanceof EngineError) return false; // Whoever reads it says what it is.
    throw error;
  }
}
