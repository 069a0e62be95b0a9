import { type Compared, comparedShare } from "../../engine/kinds/table/match/compared";
import { isOfTables, type Space } from "../../engine/kinds/space";
import type { Fit } from "../../engine/search/rank";

/**
 * Below these, predictions would be made far from what the model has seen. On the shipped markets
 * the best learnware of a place nobody trained for reaches 0.73 to 0.99, an arbitrary one 0.2 to 0.6.
 * Both count what was not compared, so that nothing is advised to a table that has fewer than 60 % of the features.
 */
export const LEAST_SIMILARITY = 0.6;
const LEAST_COVERAGE = 0.3;

/**
 * Of texts and pictures, whose similarity counts only what not all of them have. On the markets of docs/measurements.md it is .53 or more
 * for 19 in 20 learnwares of the user's own task, and below .45 for 19 in 20 that know none of the classes.
 */
const LEAST_SIMILARITY_PINNED = 0.5;

export type Closeness = "very_close" | "close" | "some" | "far";

/** From which similarity on something is very close, close, and near enough. */
type Limits = readonly [veryClose: number, close: number, some: number];

const OF_TABLES: Limits = [0.95, 0.85, LEAST_SIMILARITY];
/** Two halves of one set of 120 texts or 200 pictures have .65 to .9. */
const PINNED: Limits = [0.85, 0.7, LEAST_SIMILARITY_PINNED];

function limitsOf(space: Space): Limits {
  return isOfTables(space) ? OF_TABLES : PINNED;
}

export function closeness({ similarity }: Fit, space: Space): Closeness {
  const [veryClose, close, some] = limitsOf(space);
  if (similarity >= veryClose) return "very_close";
  if (similarity >= close) return "close";
  return similarity >= some ? "some" : "far";
}

/** What is asked of what is advised. */
export function leastFit(space: Space): Pick<Fit, "similarity" | "coverage"> {
  const [, , similarity] = limitsOf(space);
  return { similarity, coverage: LEAST_COVERAGE };
}

/** Whether predictions can be advised. */
export function isNear({ similarity, coverage }: Fit, space: Space): boolean {
  const least = leastFit(space);
  return similarity >= least.similarity && coverage >= least.coverage;
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
  space: Space,
): Verdict {
  const fitting = offers.filter(({ recommended }) => recommended).length;
  if (fitting > 0) return { code: "fits", offers: fitting, compared };
  return {
    code: "nothing_fits",
    compared,
    offers: offers.length,
    nearest: offers[0]?.fit ?? null,
    least: leastFit(space),
  };
}
