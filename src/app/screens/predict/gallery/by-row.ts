/** @file What is known of some rows, by row; never changed, but made anew. */

export type ByRow<T> = ReadonlyMap<number, T>;

export const ofNoRow: ByRow<never> = new Map<number, never>();

/** @param most - So many are kept: those that came last. */
export function withRows<T>(
  before: ByRow<T>,
  fresh: readonly (readonly [row: number, value: T])[],
  most = Infinity,
): ByRow<T> {
  const all = [...new Map([...before, ...fresh])];
  return new Map(all.slice(Math.max(0, all.length - most)));
}

export function withoutRow<T>(before: ByRow<T>, row: number): ByRow<T> {
  return new Map([...before].filter(([one]) => one !== row));
}
