import { specificationDistance } from "../../src/reference/specification";
import { type Figure, median } from "./report";
import { rkmeOf, SimulatedMarket } from "../fixtures/simulated-market";

/** Of the Python package `learnware` 0.3.2 itself: processor time at 100 points in 20 columns, as was measured elsewhere. */
const QUOTED_MS = 0.15;
const SAMPLE = 200;
const PASSES = 5;

/**
 * What a learnware costs in the Python package's search, which compares the user with every one:
 * here in its steps as TypeScript, three sums over all pairs of points with nothing kept between.
 */
export function benchLinear(): { figures: Figure[]; msPerSpecification: number } {
  const market = new SimulatedMarket({ count: SAMPLE });
  const specificationOf = (set: Parameters<typeof rkmeOf>[0]) => ({
    ...rkmeOf(set, market.island.kernel.gamma),
    type: "RKMETableSpecification" as const,
    sampleShape: [market.cols],
    language: [],
  });
  const user = specificationOf(market.query(0));
  const held = Array.from({ length: SAMPLE }, (_, i) => specificationOf(market.learnware(i)));
  let least = Infinity;
  const pass = () => {
    const start = performance.now();
    for (const one of held) least = Math.min(least, specificationDistance(one, user));
    return (performance.now() - start) / SAMPLE;
  };
  pass(); // Not yet compiled.
  const msPerSpecification = median(Array.from({ length: PASSES }, pass));
  if (!(least > -1e-9)) throw new Error("a squared distance is below 0");
  const figure = { suite: "search", metric: "ms_per_specification", unit: "ms" };
  return {
    figures: [
      { ...figure, case: "linear/typescript", value: msPerSpecification },
      { ...figure, case: "linear/python-quoted", value: QUOTED_MS },
    ],
    msPerSpecification,
  };
}
