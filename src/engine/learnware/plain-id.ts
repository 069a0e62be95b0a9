/** Longest id that is made of a name. */
const LONGEST = 60;

/** What a name is in an address: its Latin letters and digits, in lower case, with hyphens; empty if it has none. */
export function plainId(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
}
