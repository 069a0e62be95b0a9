import type { Specification } from "../../../specification/specification";
import { encodedWidth } from "./encoded-width";
import type { Space, SpaceFeature } from "./space";

/** Where the values of one feature lay that a learnware learnt from. */
export interface FeatureBand {
  readonly name: string;
  readonly unit: string | null;
  /** Of a number, in its own unit; null for others. */
  readonly numbers: {
    /** Between them lies the middle 90 %, and in the middle half of it. */
    readonly low: number;
    readonly median: number;
    readonly high: number;
    /** What is usual in the space; the others are within it. */
    readonly usual: readonly [number, number];
  } | null;
  /** Of a yes or no, or a category: values by share, most first; empty for numbers. */
  readonly shares: readonly { readonly value: string; readonly share: number }[];
}

/** Of the middle 90 %. */
const TAIL = 0.05;

/**
 * Where each feature lay in what a specification stands for: quantiles of its weighted points, as far as they tell. They
 * are made-up points, not rows, so the bands are rough.
 *
 * @param specification - Points on the scale of the space; weights below 0 count as 0.
 */
export function featureBands(space: Space, { points, weights }: Specification): FeatureBand[] {
  const heavy = Float64Array.from(weights, (weight) => Math.max(0, weight));
  const total = heavy.reduce((sum, weight) => sum + weight, 0);
  let at = 0;
  return space.features.map((feature) => {
    const width = encodedWidth(feature);
    const first = at;
    at += width;
    const valuesOf = (k: number) => {
      const [center, scale] = [feature.center[k]!, feature.scale[k]!];
      return Float64Array.from(
        { length: points.rows },
        (_, i) => points.data[i * points.cols + first + k]! * scale + center,
      );
    };
    const { name, unit = null } = feature;
    if (feature.type === "number") {
      return { name, unit, numbers: numbersOf(feature, valuesOf(0), heavy, total), shares: [] };
    }
    const means = Array.from({ length: width }, (_, k) => {
      const mean = valuesOf(k).reduce((sum, value, i) => sum + value * heavy[i]!, 0) / total;
      return Math.min(1, Math.max(0, mean));
    });
    return { name, unit, numbers: null, shares: sharesOf(feature, means) };
  });
}

function numbersOf(
  { range }: SpaceFeature,
  values: Float64Array,
  weights: Float64Array,
  total: number,
): FeatureBand["numbers"] {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const quantile = (share: number) => {
    let sum = 0;
    for (const i of order) {
      sum += weights[i]!;
      if (sum >= share * total) return values[i]!;
    }
    return values[order.at(-1)!]!;
  };
  // A made-up point may lie where no row can, such as below an area of 0.
  const [least, most] = range ?? [values[order[0]!]!, values[order.at(-1)!]!];
  const within = (value: number) => Math.min(most, Math.max(least, value));
  return {
    low: within(quantile(TAIL)),
    median: within(quantile(0.5)),
    high: within(quantile(1 - TAIL)),
    usual: [least, most],
  };
}

function sharesOf({ type, categories }: SpaceFeature, means: readonly number[]) {
  if (type === "boolean") return [{ value: "1", share: means[0] ?? 0 }];
  return categories
    .map((value, k) => ({ value, share: means[k] ?? 0 }))
    .sort((a, b) => b.share - a.share || (a.value < b.value ? -1 : 1));
}
