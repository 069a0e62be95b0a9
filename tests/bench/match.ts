import { rankIslands } from "../../src/engine/kinds/table/match/related";
import { manyColumns, manyIslands, wideIsland } from "../fixtures/many-islands";
import type { Figure } from "./report";

const REPEATS = 7;

/** Seconds to rank islands for a table whose columns were just read. */
export function benchMatch(): Figure[] {
  const cases = [
    ["islands1000-d13/columns100", manyIslands(1000), 100],
    ["islands1-d4096/columns14", [wideIsland(4096)], 14],
    ["islands1-d4096/columns100", [wideIsland(4096)], 100],
    ["islands1-d4096/columns4096", [wideIsland(4096)], 4096],
    ["islands30000-d13/columns20", manyIslands(30_000), 20],
  ] as const;
  return cases.map(([name, islands, count]) => {
    const times = Array.from({ length: REPEATS }, () => {
      const columns = manyColumns(count); // Anew: what is known of a column is kept with it.
      const start = performance.now();
      rankIslands(islands, columns);
      return (performance.now() - start) / 1000;
    });
    return { suite: "match", case: name, metric: "seconds", unit: "s", value: Math.min(...times) };
  });
}
