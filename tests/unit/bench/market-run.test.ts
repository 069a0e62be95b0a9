import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { afterAll, describe, expect, it } from "vitest";

import { normal, seededRandom } from "../../../src/engine/ground/random";
import { WasmCompute } from "../../../src/runtime/compute/wasm/wasm-compute";
import { Cache } from "../../bench/market-cache";
import { summarise } from "../../bench/market-figures";
import { marketPlans } from "../../bench/market-plans";
import { measureMarket } from "../../bench/market-run";
import { targetLines } from "../../bench/market-targets";

const folder = mkdtempSync(join(tmpdir(), "market-"));
afterAll(() => rmSync(folder, { recursive: true }));

const DOMAINS = ["1", "2", "3", "4"];

/** Each domain has its own place and its own level of the target. The later a row, the farther down it stands. */
function writeMarket(): void {
  const random = seededRandom(1);
  const lines = DOMAINS.flatMap((domain, d) =>
    Array.from({ length: 160 }, (_, day) => {
      const [x, y] = [3 * d + normal(random), normal(random)];
      const z = 10 * d + 2 * x + y + 0.2 * normal(random);
      return [domain, day, x.toFixed(4), y.toFixed(4), z.toFixed(4)].join(",");
    }),
  );
  mkdirSync(join(folder, "markets"));
  const table = ["who,day,x,y,z", ...lines].join("\n");
  writeFileSync(join(folder, "markets/made_up.csv.gz"), gzipSync(table));
  const meta = {
    ...{ name: "made_up", task: "regression", domain_column: "who", target_column: "z" },
    ...{ time_column: "day", rows: lines.length, feature_groups: {}, about: "For a test." },
  };
  writeFileSync(join(folder, "markets/made_up.meta.json"), JSON.stringify(meta));
}

describe("measureMarket", () => {
  it("lets users of a market try every way, with and without their own learnware", async () => {
    writeMarket();
    const [plan] = marketPlans(folder);
    expect(plan?.table.island.features).toEqual([{ column: "x" }, { column: "y" }]);
    const compute = await WasmCompute.create();
    const size = { domains: Infinity, users: 2, half: "development" } as const;
    const market = await measureMarket(plan!, folder, compute, new Cache(undefined), size);
    compute.dispose();
    expect([market.learnwares + market.refused, market.users]).toEqual([DOMAINS.length, 2]);
    for (const form of ["outline", "book"] as const) {
      const of = (presence: string, labels: number) =>
        market.measured.filter(
          (one) => one.form === form && one.presence === presence && one.labels === labels,
        );
      const present = of("own-present", 0);
      const unlabelled = summarise(present.map(({ losses }) => losses));
      const ratioOf = (name: string) => unlabelled.find(({ method }) => method === name)!.ratio;
      expect(ratioOf("oracle")).toEqual({ value: 1, low: 1, high: 1 });
      // Domains lie apart: with its own learnware there, a user's nearest is the best.
      expect(present.map(({ ownFirst }) => ownFirst)).toEqual([true, true]);
      expect(ratioOf("nearest").value).toBe(1);
      expect(ratioOf("recommended").value).toBeLessThan(ratioOf("random").value);
      const labelled = of("own-absent", 50);
      expect(labelled).toHaveLength(2);
      for (const { losses, ownFirst } of labelled) {
        expect(ownFirst).toBe(false);
        expect(losses["recommended"]).toBeLessThan(losses["random"]!);
        expect(Object.values(losses).every(Number.isFinite)).toBe(true);
      }
    }
    expect(targetLines(market)).toContainEqual(expect.stringMatching(/50 labels no worse than 0/));
  });
});
