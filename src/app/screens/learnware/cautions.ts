import type { LearnwareCard } from "../../../contracts/http/dock-api";
import { skillOf } from "../../../engine/search/catalogue/skill";

/** What one should know before relying on a model. */
export type Caution = "unmeasured" | "worse" | "weak" | "few_measured" | "few_rows" | "no_licence";

/** Fewer say little of what will be. */
const FEWEST_MEASURED = 30;
const FEWEST_ROWS = 100;
const WEAK = 0.2;

export function cautionsOf({ metrics, rowCount, licence }: LearnwareCard): Caution[] {
  const skill = skillOf(metrics);
  const measured = metrics[0]?.rows ?? 0;
  const found: (Caution | false)[] = [
    skill === null && "unmeasured",
    skill !== null && skill <= 0 && "worse",
    skill !== null && skill > 0 && skill < WEAK && "weak",
    skill !== null && measured < FEWEST_MEASURED && "few_measured",
    rowCount < FEWEST_ROWS && "few_rows",
    licence === "Others" && "no_licence",
  ];
  return found.filter((one) => one !== false);
}
