import type { Compute } from "../../src/engine/specification/kernel/compute";
import type { Cache } from "./market-cache";
import { buildHetero } from "./market-hetero-build";
import type { HeteroPlan } from "./market-hetero-plans";
import { heteroLosses } from "./market-hetero-ways";
import type { Losses } from "./market-ways";

export type HeteroSize = Parameters<typeof buildHetero>[4];

export interface MeasuredHetero {
  readonly name: string;
  readonly users: number;
  /** Users to whom the page would have offered the market. */
  readonly offered: number;
  /** By number of labels, per user. */
  readonly byLabels: ReadonlyMap<string, readonly Losses[]>;
}

/** Make the learnwares of a market, then let users of other columns try every way. */
export async function measureHetero(
  plan: HeteroPlan,
  data: string,
  compute: Compute,
  cache: Cache,
  size: HeteroSize,
): Promise<MeasuredHetero> {
  const market = await buildHetero(plan, data, compute, cache, size);
  const byLabels = new Map<string, Losses[]>();
  let offered = 0;
  for (const user of market.users) {
    const losses = await heteroLosses(compute, market, user);
    if (losses) offered++;
    for (const [labels, ways] of Object.entries(losses ?? {})) {
      byLabels.set(labels, [...(byLabels.get(labels) ?? []), ways]);
    }
  }
  for (const { model } of market.learnwares) await model.dispose();
  return { name: plan.name, users: market.users.length, offered, byLabels };
}
