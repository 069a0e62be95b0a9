/** @file How often a search with a noisy requirement finds the learnware whose rows the user's are like. */

import { NOISY_FORMS, privateMarket } from "../fixtures/private-market";
import type { Figure } from "./report";

const ROWS = [200, 1000, 5000];
const EPSILONS = [0.5, 1, 2, 4];

/**
 * Shares of sixty searches among 200 learnwares, beside the same searches without noise; δ = 1e-5. Noise is on random
 * features, on the embedding along a book, or on a histogram of it.
 */
export async function benchPrivateSearch(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const market = await privateMarket();
  for (const n of ROWS) {
    const hits = await market.hits(n, [null, ...EPSILONS]);
    for (const form of NOISY_FORMS) {
      const [exact, ...noisy] = hits[form];
      EPSILONS.forEach((epsilon, i) => {
        const figure = (metric: string, of: "top1" | "top5"): Figure => ({
          suite: "spec",
          case: `private/${form}-n${n}-eps${epsilon}`,
          metric,
          unit: "%",
          value: 100 * noisy[i]![of],
          baseline: 100 * exact![of],
        });
        figures.push(figure("top1_percent", "top1"), figure("top5_percent", "top5"));
      });
    }
  }
  market.close();
  return figures;
}
