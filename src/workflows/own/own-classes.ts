import type { OwnClasses } from "../../contracts/workers/own-plan";
import type { Matrix } from "../../engine/ground/matrix";
import { areaUnderCurve } from "../../engine/specification/publish/roc";
import type { ClassTarget } from "../../engine/learner/target";
import { largestColumns } from "../../engine/reuse/outputs/average";

/** Of more classes a table of all pairs says little. */
const MOST_CROSSED = 30;

/**
 * Which classes are found, and which are taken for which.
 *
 * @param heldOut - Shape [n, classes]: of each row by what has not learned from it.
 */
export function ownClasses(heldOut: Matrix<Float64Array>, target: ClassTarget): OwnClasses {
  const { codes, classes } = target;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [row, said] of largestColumns(heldOut).entries()) confusion[codes[row]!]![said]!++;
  const counts = confusion.map((own, code) => ({
    rows: own.reduce((sum, count) => sum + count, 0),
    said: confusion.reduce((sum, other) => sum + other[code]!, 0),
    right: own[code]!,
  }));
  return {
    counts,
    confusion: classes <= MOST_CROSSED ? confusion : null,
    auc: classes === 2 ? aucOf(heldOut, codes) : null,
  };
}

function aucOf({ data }: Matrix<Float64Array>, codes: Int32Array): number {
  const certainties = (code: number) =>
    Float64Array.from(
      [...codes.keys()].filter((row) => codes[row] === code),
      (row) => data[2 * row + 1]!,
    ).sort();
  return areaUnderCurve(certainties(1), certainties(0));
}
