import { classics } from "./classics";
import { censusIncome, flightDelays, houseSales, retailTurnover, wineQuality } from "./markets";
import type { StarterTable } from "./recipe";

/** Everything the starter dock is made from; tables with the same island id share one island. */
export const starterTables: readonly StarterTable[] = [
  houseSales,
  retailTurnover,
  flightDelays,
  censusIncome,
  ...wineQuality,
  ...classics,
];
