import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { EngineError } from "../../../../../../src/engine/ground/errors";
import { assign } from "../../../../../../src/engine/kinds/table/match/assignment";
import { fromRows } from "../../../../../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../../../../../src/engine/ground/random";

describe("the assignment with the largest sum", () => {
  test("gives up the best pair where two others are worth more", () => {
    const gains = fromRows([
      [0.9, 0.8],
      [0.8, 0.1],
    ]);
    expect([...assign(gains)]).toEqual([1, 0]);
  });

  test("leaves rows without a column rather than making a pair that is worth nothing", () => {
    const gains = fromRows([
      [0.7, 0],
      [0.9, 0],
      [0, 0],
    ]);
    expect([...assign(gains)]).toEqual([-1, 0, -1]);
  });

  test("answers for no rows and for no columns", () => {
    expect(assign({ data: new Float64Array(), rows: 0, cols: 3 })).toHaveLength(0);
    expect([...assign({ data: new Float64Array(), rows: 2, cols: 0 })]).toEqual([-1, -1]);
  });

  test("is as good as the best of all assignments", () => {
    const tables = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, cols]) => {
        const gain = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
        const row = fc.array(gain, { minLength: cols, maxLength: cols });
        return fc.array(row, { minLength: rows, maxLength: rows });
      });
    fc.assert(
      fc.property(tables, (rows) => {
        const found = assign(fromRows(rows));
        const taken = [...found].filter((col) => col >= 0);
        expect(new Set(taken).size).toBe(taken.length);
        expect(sumOf(rows, found)).toBeCloseTo(bestSum(rows, 0, new Set()), 10);
      }),
    );
  });

  test("is the same for rows and columns in another order", () => {
    const random = seededRandom(4);
    const rows = Array.from({ length: 12 }, () => Array.from({ length: 9 }, () => random()));
    const order = [...sampleIndices(12, 12, random)];
    const columns = [...sampleIndices(9, 9, random)];
    const mixed = order.map((i) => columns.map((j) => rows[i]![j]!));
    const [plain, shuffled] = [assign(fromRows(rows)), assign(fromRows(mixed))];
    order.forEach((i, at) => {
      const column = shuffled[at]!;
      expect(column < 0 ? -1 : columns[column]).toBe(plain[i]);
    });
  });

  test("refuses gains that are no numbers", () => {
    expect(() => assign(fromRows([[NaN]]))).toThrow(
      expect.objectContaining({ code: "bad_parameter" } satisfies Partial<EngineError>),
    );
  });
});

function sumOf(rows: readonly (readonly number[])[], columns: Int32Array): number {
  return rows.reduce((sum, row, i) => sum + (row[columns[i]!] ?? 0), 0);
}

/** Every assignment, one after the other. */
function bestSum(rows: readonly (readonly number[])[], from: number, used: Set<number>): number {
  const row = rows[from];
  if (!row) return 0;
  let best = bestSum(rows, from + 1, used);
  row.forEach((gain, col) => {
    if (used.has(col)) return;
    best = Math.max(best, gain + bestSum(rows, from + 1, new Set([...used, col])));
  });
  return best;
}
