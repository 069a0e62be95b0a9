import type { HeldBackMetric } from "../../../../engine/learnware/manifest";

/** What several learnwares published of rows that they had not seen, by the measure that most of them did. */
export interface Published {
  readonly name: HeldBackMetric["name"];
  readonly least: number;
  readonly most: number;
  /** So many of them did. */
  readonly count: number;
}

/** Null if none published anything. */
export function publishedBy(
  cards: readonly { readonly metrics: readonly HeldBackMetric[] }[],
): Published | null {
  const byName = new Map<HeldBackMetric["name"], number[]>();
  for (const { metrics } of cards) {
    const [metric] = metrics;
    if (metric) byName.set(metric.name, [...(byName.get(metric.name) ?? []), metric.value]);
  }
  const [first] = [...byName].sort(([, a], [, b]) => b.length - a.length);
  if (!first) return null;
  const [name, values] = first;
  return { name, least: Math.min(...values), most: Math.max(...values), count: values.length };
}
