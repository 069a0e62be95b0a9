import type { TableWarning } from "./profile";

/**
 * Names to show and to match by: never blank, never twice.
 *
 * @param header - As in the file; null if the file has no names.
 * @param width - How many names are wanted.
 */
export function displayNames(
  header: readonly string[] | null,
  width: number,
): { readonly names: readonly string[]; readonly warnings: readonly TableWarning[] } {
  const taken = new Set<string>();
  const names: string[] = [];
  let blank = 0;
  let doubled = 0;
  for (let j = 0; j < width; j++) {
    const written = header?.[j]?.trim().replace(/\s+/g, " ") ?? "";
    const wanted = written || `column ${j + 1}`;
    const name = unusedName(wanted, taken, (n) => `${wanted} (${n})`);
    if (!written) blank++;
    else if (name !== wanted) doubled++;
    taken.add(name);
    names.push(name);
  }
  const warnings: TableWarning[] = [];
  if (header && blank > 0) warnings.push({ code: "blank_names", count: blank });
  if (doubled > 0) warnings.push({ code: "duplicate_names", count: doubled });
  return { names, warnings };
}

/** `wanted`, or the first of `numbered(2)`, `numbered(3)`, … that is not taken. */
export function unusedName(
  wanted: string,
  taken: ReadonlySet<string>,
  numbered: (n: number) => string,
): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = numbered(n);
  return name;
}
