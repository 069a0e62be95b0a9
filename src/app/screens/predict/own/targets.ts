import type { ColumnProfile, TableProfile } from "../../../../engine/kinds/table/columns/profile";

const FITTING: ReadonlySet<ColumnProfile["type"]> = new Set([
  ...(["number", "integer", "boolean", "category"] as const),
]);
const LEAST_ANSWERS = 20;
/** With more or fewer empty cells, a column is as likely one of notes or one with gaps. */
const HALF_EMPTY = [0.1, 0.9] as const;

/** Columns that a model could fill in, in the table's order. */
export function possibleTargets({ columns }: Pick<TableProfile, "columns">): string[] {
  return columns
    .filter(
      ({ type, count, distinct }) => FITTING.has(type) && count >= LEAST_ANSWERS && distinct > 1,
    ) // prettier-ignore
    .map(({ name }) => name);
}

/** The one that is meant most likely: of those that are partly empty the one nearest to half, else the last. */
export function likelyTarget(profile: Pick<TableProfile, "columns" | "rows">): string | null {
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
