import type { Reused } from "../reuser";

/**
 * Which learnwares have any part in what was done; the others need not be run.
 *
 * @param shares - Shape [m]: of the task the reuser was fitted to.
 * @returns Shape [m].
 */
export function usedLearnwares(account: Reused["account"], shares: Float64Array): boolean[] {
  switch (account.code) {
    case "averaged":
    case "voted":
    case "selected":
    case "weighed_by_row":
    case "augmented":
      return Array.from(shares, (share) => share > 0);
    case "pruned":
      return Array.from(shares, (_, m) => account.kept.includes(m));
    case "stacked":
      return account.weights.map((weight) => weight !== 0);
    case "headed":
      return Array.from(shares, (_, m) => m === account.learnware);
    case "own_model":
    case "guided":
      return Array.from(shares, () => false);
    case "combined":
      return Array.from(shares, () => true);
  }
}

/** The account of all rows of two blocks, one after the other. */
export function joinAccounts(
  first: Reused["account"] | null,
  second: Reused["account"],
): Reused["account"] {
  if (!first || !("rowsOf" in first) || !("rowsOf" in second)) return second;
  return {
    ...second,
    rowsOf: second.rowsOf.map((rows, m) => rows + first.rowsOf[m]!),
    abstained: first.abstained + second.abstained,
  };
}
