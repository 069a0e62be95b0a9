import { type Compared, comparedShare } from "../../engine/kinds/table/match/compared";
import type { Fit } from "../../engine/search/rank";

/**
 * Below these, predictions would be made far from what the model has seen. On the shipped markets
 * the best learnware of a place nobody trained for reaches 0.73 to 0.99, an arbitrary one 0.2 to 0.6.
 * Both count what was not compared, so that nothing is advised to a table that has fewer than 60 % of the features.
 */
export const LEAST_SIMILARITY = 0.6;
export const LEAST_COVERAGE = 0.3;

export type Closeness = "very_close" | "close" | "some" | "far";

export function closeness({ similarity }: Fit): Closeness {
  if (similarity >= 0.95) return "very_close";
  if (similarity >= 0.85) return "close";
  return similarity >= LEAST_SIMILARITY ? "some" : "far";
}

/** Whether predictions can be advised. */
export function isNear({ similarity, coverage }: Fit): boolean {
  return similarity >= LEAST_SIMILARITY && coverage >= LEAST_COVERAGE;
}

/** Whether so few features could be compared that nothing can be advised, however alike these are. */
export function isThin(compared: Compared): boolean {
  return comparedShare(compared) < LEAST_SIMILARITY;
}

/** What comes of a search, as data. */
export type Verdict =
  | { readonly code: "fits"; readonly offers: number; readonly compared: Compared }
  | {
      readonly code: "nothing_fits";
      readonly compared: Compared;
      /** What there was to choose from, and how near the nearest of it is; null if there was nothing. */
      readonly offers: number;
      readonly nearest: Fit | null;
      readonly least: { readonly similarity: number; readonly coverage: number };
    };

export function verdictOf(
  offers: readonly { readonly recommended: boolean; readonly fit: Fit }[],
  compared: Compared,
): Verdict {
  const fitting = offers.filter(({ recommended }) => recommended).length;
  if (fitting > 0) return { code: "fits", offers: fitting, compared };
  return {
    code: "nothing_fits",
    compared,
    offers: offers.length,
    nearest: offers[0]?.fit ?? null,
    least: { similarity: LEAST_SIMILARITY, coverage: LEAST_COVERAGE },
  };
}
