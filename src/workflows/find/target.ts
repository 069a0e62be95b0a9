/**
 * What learnwares are to predict: what was named, or else the first of several things. Null where an island has one
 * thing only, and nothing has to be asked for.
 */
export function wantedTarget(targets: readonly string[], named: string | null): string | null {
  if (targets.length < 2) return null;
  return named !== null && targets.includes(named) ? named : (targets[0] ?? null);
}
