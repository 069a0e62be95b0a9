/** What an address may ask of the workspace: ids of the dock and places of columns, nothing that names the user's data. */
export interface Link {
  readonly islandId: string | null;
  readonly learnwareId: string | null;
  /** Of the columns, in the order of the island's features; null: none plays it. */
  readonly columns: readonly (number | null)[];
}

export const noLink: Link = { islandId: null, learnwareId: null, columns: [] };

export function isNoLink({ islandId, learnwareId }: Link): boolean {
  return islandId === null && learnwareId === null;
}

const NONE = "-";

/** @param query - Of the address. */
export function linkIn(query: URLSearchParams): Link {
  const map = query.get("map");
  const columns = map === null || map === "" ? [] : map.split(".").map(placeOf);
  return {
    islandId: query.get("island"),
    learnwareId: query.get("learnware"),
    columns: columns.includes(undefined) ? [] : columns.map((place) => place ?? null),
  };
}

export function hashOf({ islandId, learnwareId, columns }: Link): string {
  const query = new URLSearchParams({
    ...(islandId !== null && { island: islandId }),
    ...(learnwareId !== null && { learnware: learnwareId }),
    ...(columns.length > 0 && { map: columns.map((place) => place ?? NONE).join(".") }),
  });
  return `#/?${query.toString()}`;
}

/** Undefined: no place. */
function placeOf(text: string): number | null | undefined {
  if (text === NONE) return null;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
