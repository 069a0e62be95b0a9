/** A quoted cell of so many lines beside its first and last may hold rows. */
const MANY = 3;

/** A cell of a record that was read within quotation marks, over several lines. */
export interface QuotedCell {
  readonly index: number;
  readonly text: string;
}

interface Whole {
  /** Cells of the record that the cell is in, and how many records have elsewhere. */
  readonly cells: number;
  readonly width: number;
  readonly delimiter: string;
  readonly lineEnd: string;
  /** Blanks stand after the delimiters of the record. */
  readonly isSpaced: boolean;
}

/**
 * Whether a quoted cell is rows of the table between a mark that was never closed and the next one. Lines of a text hold
 * delimiters as well, but with blanks after them; and where a record has as many cells as others, it is torn only if its
 * first and its last line are rows as wide as others, too.
 */
export function hasSwallowed({ index, text }: QuotedCell, whole: Whole): boolean {
  const { cells, width, delimiter, lineEnd, isSpaced } = whole;
  if (width < 2) return false;
  const widthOf = (line: string) => {
    const parts = line.split(delimiter);
    return isSpaced
      ? parts.length
      : parts.filter((part, j) => j === 0 || !part.startsWith(" ")).length;
  };
  const lines = text.split(lineEnd);
  const inner = lines.slice(1, -1);
  if (inner.length < MANY) return false;
  if (inner.filter((line) => widthOf(line) >= width).length < 0.9 * inner.length) return false;
  const first = index + widthOf(lines[0]!);
  const last = widthOf(lines.at(-1)!) + cells - index - 1;
  return cells !== width || (first === width && last === width);
}
