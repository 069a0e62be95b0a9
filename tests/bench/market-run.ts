import type { Compute } from "../../src/engine/specification/kernel/compute";
import { buildMarket, type FormName, type MarketSize } from "./market-build";
import type { Cache } from "./market-cache";
import type { MarketPlan } from "./market-plans";
import { type Presence, situationsOf } from "./market-situations";
import { type Losses, SituationLosses } from "./market-ways";

/** The losses of one user in one situation, by method. */
interface MeasuredUser {
  readonly user: string;
  readonly form: FormName;
  /** Whether the nearest learnware is the user's own. */
  readonly ownFirst: boolean;
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

/** With so many labels both forms are measured. */
const COMPARED_LABELS: readonly number[] = [0, 50];

/** Make the learnwares of a market, then let its users try every way in every situation. */
export async function measureMarket(
  { name, table }: MarketPlan,
  data: string,
  compute: Compute,
  cache: Cache,
  size: MarketSize,
): Promise<MeasuredMarket> {
  const start = performance.now();
  const markets = await buildMarket(table, data, compute, cache, size);
  const built = performance.now();
  const measured: MeasuredUser[] = [];
  for (const market of markets) {
    const { form } = market;
    const losses = new SituationLosses(compute, market);
    for (const situation of situationsOf(market)) {
      const { user, presence, labels } = situation;
      if (form === "outline" && !COMPARED_LABELS.includes(labels)) continue;
      const ownFirst = (await losses.nearest(situation)) === user;
      const own = await losses.of(situation);
      measured.push({ user, form, presence, labels, ownFirst, losses: own });
    }
  }
  const { learnwares, refused, users } = markets[0]!;
  return {
    name,
    learnwares: learnwares.length,
    refused: refused.length,
    users: users.length,
    measured,
    seconds: {
      building: (built - start) / 1000,
      measuring: (performance.now() - built) / 1000,
    },
  };
}
