import type { RankedIsland } from "../hand-choices";

/** What stands where: columns on the left, features on the right, and which of them belong together. */
export interface JoinedPlaces {
  /** Indices of columns in the order they are listed. */
  readonly columns: readonly number[];
  /** Place in that list of the column of each feature; null without one. */
  readonly placeOf: readonly (number | null)[];
}

/** With more columns than this, those that play a part come first: the others are far too many to look through. */
const FILE_ORDER = 60;

/** In the order of the file, as long as that can be looked over. */
export function columnOrder({ match }: RankedIsland, count: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (count <= FILE_ORDER) return all;
  const used = new Set(match.details.map(({ column }) => column));
  return [...all.filter((i) => used.has(i)), ...all.filter((i) => !used.has(i))];
}

export function joinedPlaces({ match }: RankedIsland, columns: readonly number[]): JoinedPlaces {
  const places = new Map(columns.map((column, place) => [column, place]));
  const placeOf = match.details.map(({ column }) =>
    column === null ? null : (places.get(column) ?? null),
  );
  return { columns, placeOf };
}
