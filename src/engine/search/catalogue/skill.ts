import type { HeldBackMetric } from "../../learnware/manifest";

/**
 * How much better than always giving the trivial answer a learnware was on rows that it had not seen: of the trivial
 * error, the share that it takes away.
 *
 * @returns At most 1, below 0 if it is worse than the trivial answer; null if nothing comparable was measured.
 */
export function skillOf(metrics: readonly HeldBackMetric[]): number | null {
  for (const { name, value, trivial } of metrics) {
    const [error, trivialError] = isGain(name) ? [1 - value, 1 - trivial] : [value, trivial];
    if (trivialError > 0 && error >= 0) return 1 - error / trivialError;
  }
  return null;
}

function isGain(name: HeldBackMetric["name"]): boolean {
  return name === "accuracy" || name === "r2";
}

/** Whether it is much, somewhat, or hardly better than the trivial answer. */
export const SKILLS = ["strong", "fair", "weak", "unmeasured"] as const;
export type Skill = (typeof SKILLS)[number];

/** From where on it is strong, and fair. */
export const SKILL_BOUNDS = { strong: 0.5, fair: 0.2 } as const;

export function skillClassOf(skill: number | null): Skill {
  if (skill === null) return "unmeasured";
  if (skill >= SKILL_BOUNDS.strong) return "strong";
  return skill >= SKILL_BOUNDS.fair ? "fair" : "weak";
}
