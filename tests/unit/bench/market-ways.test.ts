import { describe, expect, it } from "vitest";

import { ReferenceCompute } from "../../../src/engine/specification/kernel/reference-compute";
import type { Matrix } from "../../../src/engine/ground/matrix";
import type { RunnableLearnware } from "../../../src/engine/learnware/runnable-learnware";
import type { Market, MarketLearnware } from "../../bench/market-build";
import { matrixInput, type ModelInput } from "../../../src/engine/learnware/model-input";
import { lossOf } from "../../bench/market-loss";
import { SituationLosses } from "../../bench/market-ways";
import { everyRow, scaledBy } from "../engine/kinds/table/islands";
import {
  cells,
  island,
  numberLearnware,
  requestFor,
  runAll,
  shifted,
  smallTable,
} from "../engine/reuse/small-dock";

const asked = shifted(smallTable(300), (row) => (row % 3 === 0 ? 4 : 0));
const scaled = scaledBy(island, asked);

/** Learnt at one place each; the farther from there, the more it is off. */
const learnwares = Array.from({ length: 8 }, (_, place): RunnableLearnware => {
  const rows = scaledBy(
    island,
    shifted(smallTable(60, place + 2), () => place),
  );
  const id = `at ${place}`;
  const spec = { id, rkme: everyRow(rows, island.kernel.gamma), radiusSquared: 16 };
  return numberLearnware(id, (a, b) => a * b + 0.2 * (a - place) ** 2, { spec });
});

async function asInMarket({ id, spec, about, run }: RunnableLearnware): Promise<MarketLearnware> {
  const answer = async (inputs: readonly ModelInput[]) =>
    (await run(inputs)) as Matrix<Float32Array>;
  const predictions = await answer([matrixInput("X", scaled)]);
  return {
    ...{ id, candidate: spec!, reference: spec!.rkme, labels: [], predictions },
    ...{ about, run: answer },
  };
}

describe("what is recommended to a user without answers", () => {
  it("predicts in the benchmark what it predicts in the product", async () => {
    const [a, b] = [cells(asked, 0), cells(asked, 1)];
    const values = Float64Array.from(a, (x, i) => x * b[i]! + Math.sin(i));
    const market: Market = {
      ...{ form: "outline", island, book: null },
      learnwares: await Promise.all(learnwares.map(asInMarket)),
      users: [],
      refused: [],
      ...{ raw: scaled, scaled, labels: [] },
      target: { task: "regression", values },
    };
    const measured = await new SituationLosses(new ReferenceCompute(), market).of({
      ...{ user: "someone", presence: "own-absent", labels: 0 },
      asked: Int32Array.from({ length: 300 }, (_, i) => i),
      known: new Int32Array(),
      learnwares: market.learnwares,
    });
    const ran = await runAll(requestFor(asked, learnwares));
    expect(ran.recommended).toBe("weigh_by_row");
    const loss = lossOf(market.target, { data: ran.values, rows: 300, cols: 1 });
    expect(measured["recommended"]).toBeCloseTo(loss, 9);
    // A difference would show: other shares give another loss.
    const even = learnwares.map((one) => ({ ...one, share: 1 }));
    const other = await runAll(requestFor(asked, even));
    const evenLoss = lossOf(market.target, { data: other.values, rows: 300, cols: 1 });
    expect(Math.abs(evenLoss - loss)).toBeGreaterThan(1e-5);
  });
});
