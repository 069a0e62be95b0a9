import { describe, expect, test } from "vitest";

import type { Call } from "../../../../../../src/app/clients";
import { TableStep } from "../../../../../../src/app/screens/predict/columns/table.svelte";
import { AppError } from "../../../../../../src/contracts/outcome";
import type { WantedCells } from "../../../../../../src/engine/kinds/table/window/shown-cells";
import type { ReadOptions } from "../../../../../../src/contracts/workers/data-api";
import type { ColumnType } from "../../../../../../src/engine/kinds/table/columns/column";
import type { TableProfile } from "../../../../../../src/engine/kinds/table/columns/profile";
import { fakeClients, profile } from "../../../fakes";

const file = new File(["a,b\n1,2\n"], "homes.csv");

function modelWith(read: (file: File, options: object, call?: Call) => Promise<typeof profile>) {
  const changes: string[] = [];
  const data = {
    read,
    cells: (wanted: WantedCells) => fakeClients().data.cells(wanted),
    retype: async () => Promise.reject(new AppError("type_not_possible", "no", { column: "a" })),
  };
  const model = new TableStep(data, ({ file }) => changes.push(file.name));
  return { model, changes };
}

/** A table whose sheet is the one asked for, and whose columns take any type. */
function asking(base: TableProfile) {
  const asked: ReadOptions[] = [];
  const retyped: [number, ColumnType][] = [];
  let now = base;
  const model = new TableStep(
    {
      read: (_, options) => {
        asked.push(options);
        now = options.sheet === undefined ? base : { ...base, sheet: options.sheet };
        return Promise.resolve(now);
      },
      cells: (wanted) => fakeClients().data.cells(wanted),
      retype: (column, type) => {
        retyped.push([column, type]);
        const columns = now.columns.map((one, i) => (i === column ? { ...one, type } : one));
        now = { ...now, columns };
        return Promise.resolve(now);
      },
    },
    () => undefined,
  );
  return { model, asked, retyped };
}

describe("the table panel", () => {
  test("goes from empty through reading to loaded, and tells the next step", async () => {
    const { model, changes } = modelWith(async (_file, _options, call) => {
      call?.onProgress?.({ stage: "read", done: 1, total: 2 });
      expect(model.state).toMatchObject({ kind: "reading", progress: { done: 1, total: 2 } });
      return profile;
    });
    expect(model.state.kind).toBe("empty");
    await model.read(file);
    expect(model.state).toMatchObject({ kind: "loaded", table: { file, profile } });
    expect(changes).toEqual(["homes.csv"]);
  });

  test("keeps the earlier table when a later file cannot be read", async () => {
    let failing = false;
    const { model, changes } = modelWith(async () => {
      if (failing) throw new AppError("binary_file", "no text");
      return profile;
    });
    await model.read(file);
    failing = true;
    await model.read(new File(["x"], "photo.jpg"));
    expect(model.state).toMatchObject({ kind: "failed", problem: { code: "binary_file" } });
    expect(model.table?.file.name).toBe("homes.csv");
    expect(changes).toHaveLength(1);
  });

  test("says nothing when reading is cancelled, and goes back to what there was", async () => {
    const { model } = modelWith(
      (_file, _options, call) =>
        new Promise((_, reject) => {
          call?.signal?.addEventListener("abort", () => reject(new AppError("aborted", "stopped")));
        }),
    );
    const reading = model.read(file);
    model.cancel();
    await reading;
    expect(model.state.kind).toBe("empty");
  });

  test("drops the answer of a reading that a later one replaced", async () => {
    const answers: ((value: typeof profile) => void)[] = [];
    const { model, changes } = modelWith(() => new Promise((resolve) => answers.push(resolve)));
    const first = model.read(new File(["x"], "first.csv"));
    const second = model.read(new File(["x"], "second.csv"));
    answers[1]?.(profile);
    answers[0]?.(profile);
    await Promise.all([first, second]);
    expect(model.table?.file.name).toBe("second.csv");
    expect(changes).toEqual(["second.csv"]);
  });

  test("reads the file again with its first row as data", async () => {
    const asked: object[] = [];
    const { model } = modelWith(async (_file, options) => {
      asked.push(options);
      return profile;
    });
    await model.read(file);
    await model.setHeader(false);
    expect(asked).toEqual([{}, { hasHeader: false }]);
  });

  test("shows that a type is not possible and keeps the table", async () => {
    const { model } = modelWith(async () => profile);
    await model.read(file);
    await model.retype(0, "date");
    expect(model.state).toMatchObject({ kind: "failed", problem: { code: "type_not_possible" } });
    expect(model.table?.profile).toBe(profile);
  });

  test("is laid out as is said now, and by nothing that was said before", async () => {
    const { model, asked } = asking(profile);
    await model.read(file, { sheet: "2021" });
    await model.tell({ undone: ["notes_below"] });
    await model.tellHow({ encoding: "gb18030", rows: [1, 20] });
    await model.tellHow({ missing: ["-999"] });
    const others = { sheet: "2021", undone: ["notes_below"] };
    expect(asked.slice(2)).toEqual([
      { ...others, encoding: "gb18030", rows: [1, 20] },
      { ...others, missing: ["-999"] },
    ]);
    expect(model.told).toEqual({ ...others, missing: ["-999"] });
  });

  test("knows what was told of a sheet when it is shown again, of this workbook only", async () => {
    const { model, asked } = asking(profile);
    const other = new File(["x"], "other.xlsx");
    await model.read(file, { sheet: "2020" });
    await model.tell({ undone: ["totals", "notes_below"] as never });
    await model.setSheet("2021");
    await model.setSheet("2020");
    await model.read(other, { sheet: "2021" });
    await model.setSheet("2020");
    expect(asked.slice(2)).toEqual([
      { sheet: "2021" },
      { sheet: "2020", undone: ["totals", "notes_below"] },
      { sheet: "2021" },
      { sheet: "2020" },
    ]);
  });

  test("keeps types that the user chose, where the columns can still have them", async () => {
    const { model, retyped } = asking(profile);
    await model.read(file);
    await model.retype(1, "category");
    await model.tell({ undone: ["notes_below"] });
    expect(retyped).toEqual([
      [1, "category"],
      [1, "category"],
    ]);
    expect(model.table?.profile.columns[1]?.type).toBe("category");
  });
});
