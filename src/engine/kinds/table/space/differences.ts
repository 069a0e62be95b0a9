import type { Matrix } from "../../../ground/matrix";
import { encodedWidth } from "./encoded-width";
import type { Space, SpaceFeature } from "./space";

/** Where 5 %, half and 95 % of the values lie below, in the feature's own unit. */
export type Middle = readonly [low: number, half: number, high: number];

interface OfFeature {
  readonly feature: string;
  /** How far the two distributions lie apart, ≥ 0, to sort by: on the scale of the space, or in shares. */
  readonly apart: number;
}

/** How the rows' values of a feature differ from those that were learnt from. */
export type FeatureDifference =
  | (OfFeature & {
      readonly kind: "numbers";
      readonly unit?: string;
      readonly yours: Middle;
      readonly learnt: Middle;
    })
  | (OfFeature & {
      readonly kind: "share";
      /** The category whose shares differ most; null: the share of "yes". */
      readonly value: string | null;
      readonly yours: number;
      readonly learnt: number;
    });

/** Of the scale: nearer to 0 than this is 0. */
const NEAR_ZERO = 1e-3;
/** At which the two distributions of a number are compared. */
const LEVELS = Array.from({ length: 19 }, (_, k) => (k + 1) / 20);

/**
 * How rows differ from weighted points, feature by feature, the most different first: numbers by the mean distance of their
 * quantiles from 5 % to 95 %, categories by half the sum of differences of shares. Points stand for groups of rows, so what
 * was learnt from reaches somewhat farther than they tell.
 *
 * @param x - Shape [n, encoded columns], scaled, at least one row.
 * @param points - Shape [m, encoded columns], scaled.
 * @param weights - Shape [m], ≥ 0, not all 0.
 * @param isKnown - Whether a feature counts.
 */
export function featureDifferences(
  x: Matrix,
  points: Matrix,
  weights: Float64Array,
  { features }: Pick<Space, "features">,
  isKnown: (feature: string) => boolean,
): FeatureDifference[] {
  const even = new Float64Array(x.rows).fill(1);
  let next = 0;
  const all = features.flatMap((feature): FeatureDifference[] => {
    const first = next;
    const width = encodedWidth(feature);
    next += width;
    if (!isKnown(feature.name) || width === 0) return [];
    if (feature.type !== "number") {
      return [shareDifference(feature, x, even, points, weights, first, width)];
    }
    const yours = sortedColumn(x, even, first);
    const learnt = sortedColumn(points, weights, first);
    const apart = LEVELS.reduce(
      (sum, level) => sum + Math.abs(quantile(yours, level) - quantile(learnt, level)),
      0,
    );
    const middle = (of: Sorted): Middle => {
      const at = (level: number) => {
        const value = quantile(of, level) * feature.scale[0]! + feature.center[0]!;
        return Math.abs(value) < NEAR_ZERO * feature.scale[0]! ? 0 : value;
      };
      return [at(0.05), at(0.5), at(0.95)];
    };
    const unit = feature.unit === undefined ? {} : { unit: feature.unit };
    const both = { yours: middle(yours), learnt: middle(learnt) };
    return [
      { kind: "numbers", feature: feature.name, apart: apart / LEVELS.length, ...unit, ...both },
    ];
  });
  return all.sort((a, b) => b.apart - a.apart);
}

function shareDifference(
  { name, type, categories, center, scale }: SpaceFeature,
  x: Matrix,
  even: Float64Array,
  points: Matrix,
  weights: Float64Array,
  first: number,
  width: number,
): FeatureDifference {
  const shares = Array.from({ length: width }, (_, k) => {
    const share = (of: Matrix, by: Float64Array) => {
      const value = meanOf(of, by, first + k) * scale[k]! + center[k]!;
      return Math.min(1, Math.max(0, value));
    };
    return { k, yours: share(x, even), learnt: share(points, weights) };
  });
  const gap = (one: (typeof shares)[number]) => Math.abs(one.yours - one.learnt);
  const most = shares.reduce((best, one) => (gap(one) > gap(best) ? one : best));
  const sum = shares.reduce((total, one) => total + gap(one), 0);
  return {
    ...{ kind: "share", feature: name, yours: most.yours, learnt: most.learnt },
    value: type === "category" ? (categories[most.k] ?? "") : null,
    apart: width === 1 ? sum : sum / 2,
  };
}

function meanOf({ data, cols }: Matrix, weights: Float64Array, col: number): number {
  let [sum, total] = [0, 0];
  weights.forEach((weight, i) => {
    sum += weight * data[i * cols + col]!;
    total += weight;
  });
  return sum / total;
}

interface Sorted {
  readonly values: Float64Array;
  /** Of all up to each, in [0, 1]. */
  readonly below: Float64Array;
}

function sortedColumn({ data, cols }: Matrix, weights: Float64Array, col: number): Sorted {
  const order = [...weights.keys()].sort((a, b) => data[a * cols + col]! - data[b * cols + col]!);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const below = Float64Array.from(order, (i) => (sum += weights[i]!) / total);
  return { values: Float64Array.from(order, (i) => data[i * cols + col]!), below };
}

function quantile({ values, below }: Sorted, level: number): number {
  const at = below.findIndex((share) => share >= level - 1e-12);
  return values[at < 0 ? values.length - 1 : at]!;
}
