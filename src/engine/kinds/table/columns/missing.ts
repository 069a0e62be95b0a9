/** In lower case. */
const SPELLINGS = [
  ...["na", "n/a", "n.a.", "n.a", "nan", "null", "none", "nil", "missing", "<na>", "(null)", "\\n"],
  ...["-", "--", "---", "–", "—", "?", ".", "..", "...", "not available", "(blank)", "<null>"],
  ...["#n/a", "#na", "#null!", "#value!", "#div/0!", "#ref!", "#name?", "#num!", "-nan", "1.#ind"],
  ...["无", "缺失", "空", "空值", "缺失值", "暂无", "未知值"],
];

/** The usual spellings, as they are written. */
export const MISSING: ReadonlySet<string> = new Set(
  SPELLINGS.flatMap((text) => [
    text,
    text.toUpperCase(),
    text.charAt(0).toUpperCase() + text.slice(1),
  ]).concat("NaN", "-NaN", "N/a"),
);

const LONGEST = Math.max(...SPELLINGS.map((text) => text.length));
/** Characters that one of them begins with: most words are told by it alone. */
const FIRSTS: ReadonlySet<number> = new Set([...MISSING].map((text) => text.charCodeAt(0)));

/**
 * Whether a cell says that there is no value: blank, or one of the usual spellings in English and
 * Chinese.
 *
 * @param cell - A cell without outer spaces.
 */
export function isMissing(cell: string): boolean {
  if (cell.length === 0) return true;
  return cell.length <= LONGEST && FIRSTS.has(cell.charCodeAt(0)) && MISSING.has(cell);
}

/** What counts as missing in a column. */
export interface MissingStyle {
  /** Beside blank cells and the usual spellings. */
  readonly missing?: ReadonlySet<string>;
  /** Nothing but that and blank cells does. */
  readonly missingOnly?: boolean;
  /** One of the usual spellings that is a value here. */
  readonly valueMark?: string;
}

/** @param cell - A cell without outer spaces. */
export function meansMissing(cell: string, style: MissingStyle): boolean {
  if (cell === "" || style.missing?.has(cell) === true) return true;
  return style.missingOnly !== true && cell !== style.valueMark && isMissing(cell);
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
