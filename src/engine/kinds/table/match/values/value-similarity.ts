import type { ColumnProfile } from "../../columns/profile";
import type { SpaceFeature } from "../../space/space";
import { meantKey } from "../../space/meant-key";
import type { ValuePairs } from "./join-values";
import { readValues } from "./read-values";

/** What an island publishes of a number is where its middle 98 % lay. */
const TAIL = 0.01;
/** Of a normal distribution, how many standard deviations that is to each side. */
const NORMAL_TAIL = 2.33;

/**
 * How far a column's values are distributed like a feature's, in [0, 1]; null where either has none.
 *
 * Numbers: the geometric mean of how near the means are in standard deviations, how alike the deviations, and what share
 * of the column's middle 98 % lies in the feature's. Categories: the share of the cells whose value is listed.
 *
 * @param joined - What values of the column mean as the feature.
 */
export function valueSimilarity(
  column: ColumnProfile,
  feature: SpaceFeature,
  joined: ValuePairs = [],
): number | null {
  return feature.type === "category"
    ? listedShare(column, feature, joined)
    : quantileSimilarity(column, feature);
}

function listedShare(
  { top }: ColumnProfile,
  feature: SpaceFeature,
  joined: ValuePairs,
): number | null {
  if (!top || top.length === 0) return null;
  const { keySet: listed } = readValues(feature.categories);
  const total = top.reduce((sum, { count }) => sum + count, 0);
  const keyOf = meantKey(joined);
  const found = top.filter(({ value }) => listed.has(keyOf(value)));
  return found.reduce((sum, { count }) => sum + count, 0) / total;
}

function quantileSimilarity(column: ColumnProfile, feature: SpaceFeature): number | null {
  const own = spreadOf(column);
  const [center, scale] = [feature.center[0]!, feature.scale[0]!];
  if (!own) return null;
  const widest = Math.max(own.deviation, scale);
  const nearness = Math.exp(-0.5 * ((own.mean - center) / widest) ** 2);
  // A column of one domain varies less than its island: not to be punished as much as one that varies more.
  const ratio = own.deviation / scale;
  const likeness = ratio > 1 ? 1 / ratio : Math.sqrt(ratio);
  const [low, high] = feature.range ?? [center - NORMAL_TAIL * scale, center + NORMAL_TAIL * scale];
  const inside = Math.min(own.high, high) - Math.max(own.low, low);
  const width = own.high - own.low;
  const overlap = width > 0 ? Math.max(0, inside / width) : Number(inside >= 0);
  return Math.cbrt(nearness * likeness * overlap);
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

const spreads = new WeakMap<ColumnProfile, Spread | null>();

/** Mean, deviation and middle 98 % by the histogram; null without one. Made once of a column. */
function spreadOf(column: ColumnProfile): Spread | null {
  const known = spreads.get(column);
  if (known !== undefined) return known;
  const spread = readSpread(column);
  spreads.set(column, spread);
  return spread;
}

function readSpread({ range, mean, histogram }: ColumnProfile): Spread | null {
  if (!range || !histogram) return null;
  const [least, most] = range;
  const step = (most - least) / histogram.length;
  const total = histogram.reduce((sum, count) => sum + count, 0);
  const middleOf = (bin: number) => least + (bin + 0.5) * step;
  const middle = mean ?? histogram.reduce((sum, n, bin) => sum + n * middleOf(bin), 0) / total;
  const squares = histogram.reduce((sum, n, bin) => sum + n * (middleOf(bin) - middle) ** 2, 0);
  const at = (share: number) => least + step * quantileBin(histogram, share * total);
  return {
    mean: middle,
    deviation: Math.sqrt(squares / total),
    low: at(TAIL),
    high: at(1 - TAIL),
  };
}

/** Where among the bins, counted with fractions, so many values lie below. */
function quantileBin(histogram: readonly number[], below: number): number {
  let passed = 0;
  for (const [bin, count] of histogram.entries()) {
    if (passed + count >= below && count > 0) return bin + (below - passed) / count;
    passed += count;
  }
  return histogram.length;
}
