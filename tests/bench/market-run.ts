import type { Compute } from "../../src/engine/specification/kernel/compute";
import { buildMarket, type MarketSize } from "./market-build";
import type { Cache } from "./market-cache";
import type { MarketPlan } from "./market-plans";
import { type Presence, situationsOf } from "./market-situations";
import { type Losses, SituationLosses } from "./market-ways";

/** The losses of one user in one situation, by method. */
interface MeasuredUser {
  readonly user: string;
  readonly presence: Presence;
  readonly labels: number;
  readonly losses: Losses;
}

export interface MeasuredMarket {
  readonly name: string;
  readonly learnwares: number;
  /** Domains without a specification that is safe to publish. */
  readonly refused: number;
  readonly users: number;
  readonly measured: readonly MeasuredUser[];
  readonly seconds: { readonly building: number; readonly measuring: number };
}

/** Make the learnwares of a market, then let its users try every way in every situation. */
export async function measureMarket(
  { name, table }: MarketPlan,
  data: string,
  compute: Compute,
  cache: Cache,
  size: MarketSize,
): Promise<MeasuredMarket> {
  const start = performance.now();
  const market = await buildMarket(table, data, compute, cache, size);
  const built = performance.now();
  const losses = new SituationLosses(compute, market);
  const measured: MeasuredUser[] = [];
  for (const situation of situationsOf(market)) {
    const { user, presence, labels } = situation;
    measured.push({ user, presence, labels, losses: await losses.of(situation) });
  }
  return {
    name,
    learnwares: market.learnwares.length,
    refused: market.refused.length,
    users: market.users.length,
    measured,
    seconds: {
      building: (built - start) / 1000,
      measuring: (performance.now() - built) / 1000,
    },
  };
}
