/** In what order a list comes: by what was asked for, by name, the smallest, the most rows, or the best first. */
export const ORDERS = ["best", "name", "size", "rows", "skill"] as const;
export type Order = (typeof ORDERS)[number];

/** What a learnware is put in order by. */
export interface Ordered {
  readonly name: string;
  readonly sizeBytes: number;
  readonly rowCount: number;
  readonly skill: number | null;
}

/** Comes after all that were measured. */
export const UNMEASURED = -1e9;

/** Names are in order by their letters in lower case, whatever the language. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

/**
 * Where a learnware comes in an order, by ascending name or descending number; the ids decide between equals.
 *
 * @param rank - How well it is what was asked for.
 */
export function placeOf(order: Order, one: Ordered, rank: number): number | string {
  if (order === "name") return nameKey(one.name);
  if (order === "size") return -one.sizeBytes;
  if (order === "rows") return one.rowCount;
  return order === "skill" ? (one.skill ?? UNMEASURED) : rank;
}
