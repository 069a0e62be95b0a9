/** In lower case. */
export const MISSING_SPELLINGS = [
  ...["na", "n/a", "n.a.", "n.a", "nan", "null", "none", "nil", "missing", "<na>", "(null)", "\\n"],
  ...["-", "--", "---", "–", "—", "?", ".", "..", "...", "not available", "(blank)", "<null>"],
  ...["#n/a", "#na", "#null!", "#value!", "#div/0!", "#ref!", "#name?", "#num!", "-nan", "1.#ind"],
  ...["无", "缺失", "空", "空值", "缺失值", "暂无", "未知值"],
];

const MISSING: ReadonlySet<string> = new Set(
  MISSING_SPELLINGS.flatMap((text) => [
    text,
    text.toUpperCase(),
    text.charAt(0).toUpperCase() + text.slice(1),
  ]).concat("NaN", "-NaN", "N/a"),
);

const LONGEST = Math.max(...MISSING_SPELLINGS.map((text) => text.length));

/**
 * Whether a cell says that there is no value: blank, or one of the usual spellings in English and
 * Chinese.
 *
 * @param cell - A cell without outer spaces.
 */
export function isMissing(cell: string): boolean {
  return cell.length === 0 || (cell.length <= LONGEST && MISSING.has(cell));
}

/**
 * The cell without outer spaces. A cell without any is returned as it is, at no cost.
 */
export function trimCell(cell: string): string {
  const length = cell.length;
  if (length === 0) return cell;
  return isPlain(cell.charCodeAt(0)) && isPlain(cell.charCodeAt(length - 1)) ? cell : cell.trim();
}

function isPlain(code: number): boolean {
  return code > 32 && code < 160;
}
