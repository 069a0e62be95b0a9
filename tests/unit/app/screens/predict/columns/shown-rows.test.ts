import { describe, expect, test } from "vitest";

import { ShownRows } from "../../../../../../src/app/screens/predict/columns/shown-rows.svelte";
import type { WantedCells } from "../../../../../../src/engine/kinds/table/window/shown-cells";
import { column, profileOf } from "../../../fakes";

const file = new File(["x"], "homes.csv");
const loaded = { file, profile: { ...profileOf([column("a"), column("b")]), rows: 10_000 } };

/** A table whose cells are answered when the test says so. */
function slowTable() {
  const asked: { wanted: WantedCells; signal: AbortSignal; answer: () => void }[] = [];
  const fetch = (wanted: WantedCells, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise<never>((resolve) => {
      const rows = Int32Array.from({ length: wanted.to - wanted.from }, (_, i) => wanted.from + i);
      const columns = wanted.columns.map((one) => ({
        kind: "texts" as const,
        values: [...rows].map((row) => (row === 3 ? null : `${row}:${one}`)),
      }));
      const passing = wanted.filters.length > 0 ? 500 : 10_000;
      const answer = () => resolve({ passing, rows, columns } as never);
      asked.push({ wanted, signal: signal!, answer });
    });
  const rows = new ShownRows(fetch, loaded, null);
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { rows, asked, settled, fetch };
}

describe("rows to be shown", () => {
  test("are asked for with some around them, and known once they are there", async () => {
    const { rows, asked, settled } = slowTable();
    rows.want({ from: 100, to: 130, columns: [0, 1] });
    expect(asked[0]!.wanted).toMatchObject({ from: 40, to: 190, columns: [0, 1], filters: [] });
    expect(rows.cellAt(120, 1)).toBeUndefined();
    asked[0]!.answer();
    await settled();
    expect(rows.cellAt(120, 1)).toBe("120:1");
    expect(rows.rowAt(120)).toBe(120);
    rows.want({ from: 110, to: 150, columns: [1] });
    expect(asked).toHaveLength(1);
  });

  test("are not waited for any longer where nobody looks at them", async () => {
    const { rows, asked, settled } = slowTable();
    rows.want({ from: 0, to: 30, columns: [0] });
    rows.want({ from: 20, to: 70, columns: [0] });
    expect(asked).toHaveLength(1);
    rows.want({ from: 5000, to: 5030, columns: [0] });
    expect(asked[0]!.signal.aborted).toBe(true);
    asked[0]!.answer();
    asked[1]!.answer();
    await settled();
    expect(rows.cellAt(3, 0)).toBeUndefined();
    expect(rows.cellAt(5003, 0)).toBe("5003:0");
  });

  test("tell a cell without a value from one that is not known", async () => {
    const { rows, asked, settled } = slowTable();
    rows.want({ from: 0, to: 30, columns: [0] });
    asked[0]!.answer();
    await settled();
    expect(rows.cellAt(3, 0)).toBeNull();
    expect(rows.cellAt(3, 1)).toBeUndefined();
  });

  test("are fewer by filters, which stay while their columns are what they were", async () => {
    const { rows, asked, settled, fetch } = slowTable();
    rows.want({ from: 0, to: 30, columns: [0] });
    rows.toggleBin(0, 4);
    rows.toggleMissing(1);
    const filters = [
      { column: 0, bins: [4], values: [], missing: false },
      { column: 1, bins: [], values: [], missing: true },
    ];
    expect(asked.at(-1)!.wanted.filters).toEqual(filters);
    asked.at(-1)!.answer();
    await settled();
    expect(rows.count).toBe(500);
    const columns = [column("a", { type: "category" }), column("b")];
    const retyped = { file, profile: { ...loaded.profile, columns } };
    expect(new ShownRows(fetch, retyped, rows).filters).toEqual(filters.slice(1));
    const other = { ...loaded, file: new File(["x"], "homes.csv") };
    expect(new ShownRows(fetch, other, rows).filters).toEqual([]);
    rows.toggleBin(0, 4);
    rows.clear(1);
    expect(rows.filters).toEqual([]);
    expect(rows.count).toBe(10_000);
  });
});
