import type { EngineErrorCode } from "../ground/errors";

/** What is looked at, in this order; what comes after a refusal is not looked at any more. */
export const CHECKS = [
  ...(["zip", "manifest", "semantic", "model", "specification", "honesty", "space"] as const),
  ...(["own_rows", "noise", "edges", "batches", "speed", "sample", "island"] as const),
] as const;
export type CheckId = (typeof CHECKS)[number];

/** What was found, by a code that never changes once shipped. */
export type Finding =
  | EngineErrorCode
  | ("fine" | "short_texts" | "dimensions" | "does_not_fit" | "unknown_space" | "not_tried")
  | ("far_points" | "odd_weights" | "wide_radius" | "copied" | "here_already")
  | ("rows_lost" | "width" | "not_finite" | "no_probabilities" | "constant" | "changing")
  | ("class_order" | "breaks" | "slow")
  | "disagrees";

export interface Check {
  readonly id: CheckId;
  readonly state: "passed" | "warned" | "refused";
  readonly code: Finding;
  /** In English, for whoever reads the report; null where it is fine. */
  readonly message: string | null;
  /** Numbers and names that the message tells. */
  readonly details: Readonly<Record<string, string | number>>;
  readonly seconds: number;
}

/** What a step of the checks says: fine if there is nothing to say. */
export type Found = Pick<Check, "state" | "code" | "message"> & Partial<Pick<Check, "details">>;

export function warned(code: Finding, message: string, details: Check["details"] = {}): Found {
  return { state: "warned", code, message, details };
}

export function refused(code: Finding, message: string, details: Check["details"] = {}): Found {
  return { state: "refused", code, message, details };
}
