/** Results in their order, but those that another learnware makes redundant after all others. */
export function redundantLast<T extends { readonly coveredBy: string | null }>(
  ranked: readonly T[],
): T[] {
  return [
    ...ranked.filter(({ coveredBy }) => coveredBy === null),
    ...ranked.filter(({ coveredBy }) => coveredBy !== null),
  ];
}
