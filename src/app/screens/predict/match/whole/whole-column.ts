import { isOfTables } from "../../../../../engine/kinds/space";
import type {
  ColumnProfile,
  TableProfile,
} from "../../../../../engine/kinds/table/columns/profile";
import type { ColumnType } from "../../../../../engine/kinds/table/columns/column";
import type { MatchWords } from "../english";
import type { RankedIsland } from "../hand-choices";

/** Of what a kind of data is, where one column is all of it. */
type WholeKind = "image" | "text";

/** A kind of data that one column is all of, and which. */
export interface Whole {
  readonly kind: WholeKind;
  readonly basis: string;
  /** Null: none was found or chosen. */
  readonly column: number | null;
}

/** Null of a kind of data whose features several columns play. */
export function wholeOf({ island: { space }, match }: RankedIsland): Whole | null {
  if (isOfTables(space)) return null;
  const { kind, basis } = space;
  return { kind, basis, column: match.matches[0]?.column ?? null };
}

const HOLD_TEXTS: ReadonlySet<ColumnType> = new Set(["text", "category", "identifier"]);

/** Whether a column may hold texts. */
export function mayHoldTexts({ type }: Pick<ColumnProfile, "type">): boolean {
  return HOLD_TEXTS.has(type);
}

const MOST_LINES = 12;

/** The first texts of a column, which stay on this device. */
export function firstLines({ preview }: Pick<TableProfile, "preview">, column: number): string[] {
  return preview.flatMap((row) => (row[column] ?? "").trim() || []).slice(0, MOST_LINES);
}

/** What of the table it is, in words. */
export function wholeInWords(
  whole: MatchWords["whole"],
  { kind, column }: Whole,
  columns: readonly Pick<ColumnProfile, "name">[],
): string {
  return column === null ? whole.none : whole.ofColumn[kind](columns[column]?.name ?? "");
}
