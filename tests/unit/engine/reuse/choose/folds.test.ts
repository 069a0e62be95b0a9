import { describe, expect, it } from "vitest";

import { finish } from "../../../../../src/engine/ground/finish";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import { FOLDS, foldsOf } from "../../../../../src/engine/reuse/choose/folds";
import { wayFigures } from "../../../../../src/engine/reuse/figures/way-figures";
import { prepareReuse } from "../../../../../src/engine/reuse/predict/prepare-reuse";
import { ownModel } from "../../../../../src/engine/reuse/ways/own-model";
import type { Table } from "../../../../../src/engine/kinds/table/columns/column";
import { numberColumn, numberLearnware, requestFor, smallTable } from "../small-dock";

const numbers = (rows: number) => ({ task: "regression", values: new Float64Array(rows) }) as const;

describe("foldsOf", () => {
  it("makes stretches of time, however the rows lie, and keeps a day together", () => {
    const random = seededRandom(3);
    const time = new Float64Array(200).map(() => Math.floor(40 * random()));
    const { of, by } = foldsOf(numbers(200), time);
    expect(by).toBe("time");
    const ranges = Array.from({ length: FOLDS }, (_, fold) => {
      const own = time.filter((_, row) => of[row] === fold);
      expect(own.length).toBeGreaterThan(25);
      return [Math.min(...own), Math.max(...own)] as const;
    });
    for (let fold = 1; fold < FOLDS; fold++) {
      expect(ranges[fold]![0]).toBeGreaterThan(ranges[fold - 1]![1]);
    }
  });

  it("lets rows of unknown time go round the parts", () => {
    const time = Float64Array.from({ length: 50 }, (_, i) => (i % 5 === 0 ? NaN : i));
    const { of, by } = foldsOf(numbers(50), time);
    expect(by).toBe("time");
    expect([...of].every((fold) => fold >= 0 && fold < FOLDS)).toBe(true);
  });

  it.each([
    ["nothing tells the time", null],
    ["all rows are of one time", new Float64Array(50)],
    ["four times cannot make five stretches", new Float64Array(50).map((_, i) => i % 4)],
    ["most times are not known", new Float64Array(50).map((_, i) => (i < 20 ? i : NaN))],
  ])("takes parts at random where %s", (_, time) => {
    const { of, by } = foldsOf(numbers(50), time);
    expect(by).toBe("chance");
    expect([0, 1, 2, 3, 4].map((fold) => of.filter((one) => one === fold).length)).toEqual([
      ...[10, 10, 10, 10, 10],
    ]);
  });
});

/** What is to be predicted drifts, and a column of the user's tells the day, so that neighbours give each other away. */
function driftingTable(isDated: boolean): { readonly table: Table; readonly values: Float64Array } {
  const random = seededRandom(8);
  const { rows, columns } = smallTable(240);
  let level = 0;
  const values = new Float64Array(rows).map(() => (level += normal(random)));
  const days = Float64Array.from({ length: rows }, (_, row) => row);
  const dates = days.map((day) => Date.UTC(2024, 0, 1 + day));
  const own = [columns[0]!, columns[1]!, numberColumn("day", days)];
  const date = { ...numberColumn("date", dates), type: "date" as const };
  return { table: { rows, columns: isDated ? [...own, date] : own }, values };
}

describe("a table with a column of dates", () => {
  it("is judged by stretches of time, and its own model is not flattered by neighbours", async () => {
    const errors: number[] = [];
    for (const isDated of [false, true]) {
      const { table, values } = driftingTable(isDated);
      const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
      const learnwares = [numberLearnware("one", (x, y) => x + y)];
      const request = requestFor(table, learnwares, { task: "regression", rows, values });
      const prepared = await finish(prepareReuse({ ...request, reusers: [ownModel] }));
      expect(prepared.choice.folds!.by).toBe(isDated ? "time" : "chance");
      errors.push(wayFigures(prepared)[0]!.score!.value);
    }
    expect(errors[1]!).toBeGreaterThan(1.5 * errors[0]!);
  });
});
