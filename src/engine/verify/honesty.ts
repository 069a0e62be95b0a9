/** @file Specifications that were made to be found rather than to describe rows. */

import type { Specification } from "../specification/specification";
import { type Found, refused, warned } from "./check";

/** On the scale of a space most rows lie within a few units; so far out lies what nobody measured. */
const FAR = 100;
const FAR_WARNED = 0.1;
const FAR_REFUSED = 0.5;
/** Weights stand for shares of rows and sum to about 1. */
const SUM_WARNED = 0.1;
const SUM_REFUSED = 10;
/** Share of a single point among very many. */
const HEAVY = 0.9;
const MANY = 10;
/** What counts as covered is as wide as the rows lie apart; beyond so many times, everything is. */
const WIDE_WARNED = 30;
const WIDE_REFUSED = 1000;

/** @param radiusSquared - What counts as covered, in (scaled unit)². */
export function honestyFindings(
  { points, weights }: Pick<Specification, "points" | "weights">,
  radiusSquared: number,
): Found | null {
  const { data, rows, cols } = points;
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const sum = Math.abs(weights.reduce((so, weight) => so + weight, 0));
  let far = 0;
  let heaviest = 0;
  for (let i = 0; i < rows; i++) {
    const share = Math.abs(weights[i]!) / total;
    heaviest = Math.max(heaviest, share);
    if (data.subarray(i * cols, (i + 1) * cols).some((z) => Math.abs(z) > FAR)) far += share;
  }
  const spread = Math.max(1, spreadOf(data, weights, total, cols));
  const wide = radiusSquared / spread;
  const percent = Math.round(100 * far);

  if (far > FAR_REFUSED) {
    return refused("far_points", `${percent} % of its weight lies where no rows are`, { percent });
  }
  if (sum > SUM_REFUSED || sum < 1 / SUM_REFUSED) {
    return refused("odd_weights", `its weights sum to ${short(sum)}, not to about 1`, { sum });
  }
  if (wide > WIDE_REFUSED) {
    const message = `it says to cover ${short(wide)} times as much as its points lie apart`;
    return refused("wide_radius", message, { times: wide });
  }
  if (far > FAR_WARNED) {
    return warned("far_points", `${percent} % of its weight lies where no rows are`, { percent });
  }
  if (Math.abs(sum - 1) > SUM_WARNED) {
    return warned("odd_weights", `its weights sum to ${short(sum)}, not to about 1`, { sum });
  }
  if (rows >= MANY && heaviest > HEAVY) {
    const message = `one of its ${rows} points has ${Math.round(100 * heaviest)} % of the weight`;
    return warned("odd_weights", message, { heaviest });
  }
  if (wide > WIDE_WARNED) {
    const message = `it says to cover ${short(wide)} times as much as its points lie apart`;
    return warned("wide_radius", message, { times: wide });
  }
  return null;
}

/** Mean squared distance of the points from their mean, by weight. */
function spreadOf(data: Float64Array, weights: Float64Array, total: number, cols: number): number {
  const mean = new Float64Array(cols);
  for (const [i, weight] of weights.entries()) {
    for (let k = 0; k < cols; k++) mean[k]! += (Math.abs(weight) / total) * data[i * cols + k]!;
  }
  let spread = 0;
  for (const [i, weight] of weights.entries()) {
    let squared = 0;
    for (let k = 0; k < cols; k++) squared += (data[i * cols + k]! - mean[k]!) ** 2;
    spread += (Math.abs(weight) / total) * squared;
  }
  return spread;
}

function short(number: number): string {
  return String(Number(number.toPrecision(3)));
}
