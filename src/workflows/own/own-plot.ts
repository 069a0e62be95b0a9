import type { OwnPlot } from "../../contracts/workers/own-plan";
import type { Matrix } from "../../engine/ground/matrix";
import type { Target } from "../../engine/learner/target";
import { shareInterval } from "../../engine/reuse/figures/share-interval";
import { largestColumns } from "../../engine/reuse/outputs/average";

const MOST_BINS = 10;
/** Fewer rows say too little of a share or of quantiles. */
const LEAST_ROWS = 10;
/** The standard normal quantile of 95 %. */
const Z = 1.96;

/**
 * How far what was said of held-out rows can be believed: how often the said class was right by how certain it was, or how
 * far answers lay from predictions by how large these were. Bins hold equally many rows.
 *
 * @param heldOut - Shape [n, 1] or [n, classes]: of each row by what has not learned from it.
 */
export function ownPlot(heldOut: Matrix<Float64Array>, target: Target): OwnPlot {
  const { data, cols } = heldOut;
  if (target.task === "regression") {
    const { values } = target;
    const bins = binsBy(data).map((rows) => {
      const off = Float64Array.from(rows, (row) => values[row]! - data[row]!).sort();
      const at = (share: number) => off[Math.round(share * (off.length - 1))]!;
      return {
        ...{ rows: rows.length, said: meanOf(rows, data), middle: at(0.5) },
        ...{ half: [at(0.25), at(0.75)] as const, most: [at(0.05), at(0.95)] as const },
      };
    });
    return { kind: "residuals", bins };
  }
  const best = largestColumns(heldOut);
  const certainty = Float64Array.from(best, (code, row) => data[row * cols + code]!);
  const bins = binsBy(certainty).map((rows) => {
    const right = rows.reduce((sum, row) => sum + Number(best[row] === target.codes[row]), 0);
    return {
      ...{ rows: rows.length, said: meanOf(rows, certainty), right: right / rows.length },
      interval: shareInterval(right, rows.length, Z),
    };
  });
  return { kind: "calibration", bins };
}

/** Rows by a value, ascending, in parts of equal size. */
function binsBy(values: Float64Array): number[][] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const count = Math.max(1, Math.min(MOST_BINS, Math.floor(order.length / LEAST_ROWS)));
  return Array.from({ length: count }, (_, k) =>
    order.slice(
      Math.round((k * order.length) / count),
      Math.round(((k + 1) * order.length) / count),
    ),
  );
}

function meanOf(rows: readonly number[], values: Float64Array): number {
  return rows.reduce((sum, row) => sum + values[row]! / rows.length, 0);
}
