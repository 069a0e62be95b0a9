import type { OwnFigures } from "../../contracts/workers/own-plan";
import type { HeldBackMetric } from "../../engine/learnware/manifest";
import { coarseCount } from "../../engine/specification/coarse-count";

/** It is published, and a share of a count tells the count. */
export function ownMetric({ measure, value, trivial, rows }: OwnFigures): HeldBackMetric {
  const told = Math.max(1, coarseCount(rows));
  return { name: measure, value: rounded(value), trivial: rounded(trivial), rows: told };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
