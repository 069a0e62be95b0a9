import type { ColumnProfile, TableProfile } from "../../../../engine/kinds/table/columns/profile";
import { wholeOf } from "../match/whole/whole-column";
import type { MappingStep } from "../match/mapping.svelte";

const FITTING: ReadonlySet<ColumnProfile["type"]> = new Set([
  ...(["number", "integer", "boolean", "category"] as const),
]);
/** Columns of which a model learns that takes columns. */
export const LEARNED: ReadonlySet<ColumnProfile["type"]> = new Set([
  ...(["number", "integer", "boolean", "category", "date"] as const),
]);
const LEAST_ANSWERS = 20;
/** With more or fewer empty cells, a column is as likely one of notes or one with gaps. */
const HALF_EMPTY = [0.1, 0.9] as const;

/** What is known of every picture, and says nothing of what it shows. */
const OF_PICTURES: readonly string[] = ["file", "width", "height"];

/** Columns that a model could fill in, in the table's order. */
export function possibleTargets({
  columns,
  format,
}: Pick<TableProfile, "columns" | "format">): string[] {
  return columns
    .filter(({ name }) => format !== "pictures" || !OF_PICTURES.includes(name))
    .filter(
      ({ type, count, distinct }) => FITTING.has(type) && count >= LEAST_ANSWERS && distinct > 1,
    ) // prettier-ignore
    .map(({ name }) => name);
}

/** The one that is meant most likely: of those that are partly empty the one nearest to half, else the last. */
export function likelyTarget(
  profile: Pick<TableProfile, "columns" | "rows" | "format">,
): string | null {
  const possible = new Set(possibleTargets(profile));
  const [least, most] = HALF_EMPTY;
  const shares = profile.columns
    .filter(({ name }) => possible.has(name))
    .map(({ name, missing }) => ({ name, share: missing / Math.max(1, profile.rows) }));
  const partly = shares
    .filter(({ share }) => share >= least && share <= most)
    .sort((a, b) => Math.abs(a.share - 0.5) - Math.abs(b.share - 0.5));
  return (partly[0] ?? shares.at(-1))?.name ?? null;
}

/** Whether the table is taken for texts, or is most like such. */
export function isOfTexts({ chosen, state }: Pick<MappingStep, "chosen" | "state">): boolean {
  const first =
    chosen ?? (state.kind === "ready" ? state.ranked.find(({ match }) => match.fits) : undefined);
  return first !== undefined && wholeOf(first)?.kind === "text";
}
