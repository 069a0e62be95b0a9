import { EngineError } from "../../../ground/errors";
import { gaussianKernel } from "../../../specification/kernel/kernel";
import { medianGamma } from "../../../specification/kernel/bandwidth";
import type { Column, Table } from "../columns/column";
import { encodeRows } from "./encode";
import type { Space, SpaceFeature } from "./space";
import { categoryKey } from "../../../ground/category-key";

export interface SpacePlan {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Columns that become features, in this order. */
  readonly features: readonly FeaturePlan[];
}

export interface FeaturePlan {
  readonly column: string;
  readonly unit?: string;
  readonly description?: string;
  readonly aliases?: readonly string[];
  /** Values of a category that get a column each, in this order; those that are frequent where left out. */
  readonly categories?: readonly string[];
}

/** A category listed by fewer than this share of the rows is not worth a column of its own. */
const RARE_CATEGORY = 0.005;
const MOST_CATEGORIES = 40;

/**
 * Found an island on a table: its features, a shared scaling and a kernel width.
 *
 * Numbers are centred by their mean and scaled by their standard deviation. A category has one
 * column per frequent value, centred by its share p and scaled by √(1 − Σp²), so that every
 * feature contributes the same expected squared distance. The width of the kernel is 1 / median squared distance.
 *
 * @throws EngineError `bad_parameter` if a planned column is missing or cannot be a feature.
 */
export function foundSpace(plan: SpacePlan, table: Table): Space {
  const features = plan.features.map((planned) => {
    const column = table.columns.find(({ name }) => name === planned.column);
    if (!column) throw new EngineError("bad_parameter", `there is no column "${planned.column}"`);
    return foundFeature(planned, column);
  });
  const island: Space = {
    id: plan.id,
    version: 1,
    name: plan.name,
    description: plan.description,
    profile: "berth",
    features,
    kernel: gaussianKernel(1),
  };
  const matches = features.map(({ name }) => ({
    feature: name,
    column: table.columns.findIndex((column) => column.name === name),
  }));
  const scaled = encodeRows(table, island, matches, { scaled: true });
  return { ...island, kernel: gaussianKernel(round(medianGamma(scaled))) };
}

function foundFeature(
  { column: name, unit, description, aliases, categories }: FeaturePlan,
  column: Column,
) {
  const about = {
    name,
    ...(unit === undefined ? {} : { unit }),
    ...(description === undefined ? {} : { description }),
    aliases: [...(aliases ?? [])],
  };
  if (column.numbers && column.type !== "date")
    return { ...about, ...numberFeature(column.numbers, column.type) };
  if (column.codes) return { ...about, ...categoryFeature(column, categories) };
  throw new EngineError(
    "bad_parameter",
    `column "${name}" holds ${column.type}, which no model can use`,
  );
}

function numberFeature(
  numbers: Float64Array,
  type: Column["type"],
): Omit<SpaceFeature, "name" | "aliases"> {
  const finite = numbers.filter(Number.isFinite).sort();
  if (finite.length === 0) throw new EngineError("bad_parameter", "a feature needs values");
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const variance = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length;
  const at = (share: number) => finite[Math.round(share * (finite.length - 1))]!;
  return {
    type: type === "boolean" ? "boolean" : "number",
    categories: [],
    range: outwards(at(0.01), at(0.99)),
    center: [round(mean)],
    scale: [variance > 0 ? round(Math.sqrt(variance)) : 1],
  };
}

/** Which ends are usual is published, and not whose they are: they are moved apart to tenths of the width, or less. */
function outwards(low: number, high: number): [number, number] {
  const width = high > low ? high - low : Math.abs(low);
  if (width === 0 || !Number.isFinite(width)) return [low, high];
  const step = 10 ** (Math.floor(Math.log10(width)) - 1);
  const whole = (parts: number) => Number((parts * step).toPrecision(12));
  // Rounding errors are not to move an end that is whole already.
  return [whole(Math.floor(low / step + 1e-9)), whole(Math.ceil(high / step - 1e-9))];
}

function categoryFeature(
  { name, codes, categories }: Column,
  planned: readonly string[] | undefined,
): Omit<SpaceFeature, "name" | "aliases"> {
  const counts = new Map<string, { text: string; count: number }>();
  let known = 0;
  for (const code of codes!) {
    if (code < 0) continue;
    known++;
    const text = categories[code]!;
    const entry = counts.get(categoryKey(text));
    if (entry) entry.count++;
    else counts.set(categoryKey(text), { text, count: 1 });
  }
  const kept = planned
    ? planned.map((text) => ({ text, count: counts.get(categoryKey(text))?.count ?? 0 }))
    : [...counts.values()]
        .filter(({ count }) => count >= RARE_CATEGORY * known)
        .sort((a, b) => b.count - a.count)
        .slice(0, MOST_CATEGORIES);
  if (kept.length < (planned ? 1 : 2))
    throw new EngineError("bad_parameter", `column "${name}" has one value only`);
  return {
    type: "category",
    categories: kept.map(({ text }) => text),
    ...categoryScaling(kept.map(({ count }) => count / known)),
  };
}

/**
 * How the columns of a category are centred and scaled: by their shares p, and by √(1 − Σp²).
 *
 * @param shares - Of the listed values among the known cells, in [0, 1].
 */
export function categoryScaling(shares: readonly number[]): Pick<SpaceFeature, "center" | "scale"> {
  const spread = Math.sqrt(Math.max(0, 1 - shares.reduce((sum, p) => sum + p * p, 0)));
  return { center: shares.map(round), scale: shares.map(() => round(Math.max(spread, 0.05))) };
}

/** Six significant digits: enough for scaling, and a smaller file. */
export function round(value: number): number {
  return Number(value.toPrecision(6));
}
