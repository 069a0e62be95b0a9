/** @file How often a search with a noisy sketch finds the learnware whose rows the user's are like. */

import { privateHits } from "../fixtures/private-market";
import type { Figure } from "./report";

const ROWS = [200, 1000, 5000];
const EPSILONS = [0.5, 1, 2, 4];

/** Shares of sixty searches among 200 learnwares, beside the same searches without noise; δ = 1e-5. */
export async function benchPrivateSearch(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const n of ROWS) {
    const [exact, ...noisy] = await privateHits(n, [null, ...EPSILONS]);
    EPSILONS.forEach((epsilon, i) => {
      const figure = (metric: string, of: "top1" | "top5"): Figure => ({
        suite: "spec",
        case: `private/n${n}-eps${epsilon}`,
        metric,
        unit: "%",
        value: 100 * noisy[i]![of],
        baseline: 100 * exact![of],
      });
      figures.push(figure("top1_percent", "top1"), figure("top5_percent", "top5"));
    });
  }
  return figures;
}
