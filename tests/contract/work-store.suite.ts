import { beforeEach, describe, expect, test } from "vitest";

import type { Works } from "../../src/app/clients";
import type { KeptModel, Run, Work } from "../../src/client/storage/work-store";

export const work: Work = {
  fileName: "homes.csv",
  sizeBytes: 19,
  at: 1,
  choices: {
    hasHeader: true,
    delimiter: ",",
    types: [[1, "number"]],
    islandId: "house-sales",
    target: null,
    answers: undefined,
    byHand: [["house-sales", [["bedrooms", "rooms"]]]],
    joined: [
      ["house-sales", [["heating", { columnName: "stove", values: [["pellets", "wood"]] }]]],
    ],
    filter: { text: "", task: null, scenario: null, licence: null },
    step: "match",
  },
  handle: null,
};

export function runAt(at: number): Run {
  const told = { fileName: "homes.csv", island: "House sales", rows: 2, models: ["One"] };
  return { id: `run ${at}`, at, ...told, sent: null };
}

/** A straight line through one column, as it is trained. */
export function modelAt(at: number): KeptModel {
  const one = Float64Array.of(1);
  const standardiser = { means: one, factors: one, lows: Float64Array.of(-9), highs: one };
  return {
    ...{ id: `model ${at}`, at, fileName: "homes.csv" },
    trained: {
      model: {
        ...{ target: "price", labels: [], radius: 2 },
        inputs: [{ column: "size", of: "number" }],
        fitted: {
          kind: "linear",
          model: {
            ...{ task: "regression", features: 1, standardiser },
            weights: { data: one, rows: 1, cols: 1 },
            intercepts: one,
          },
        },
      },
      report: {
        ...{ task: "regression", kind: "linear", answers: 20, wanted: 0, lonely: 0 },
        figures: { measure: "rmse", value: 1, interval: [0.5, 2], trivial: 3, rows: 20 },
        plot: { kind: "residuals", bins: [] },
        classes: null,
        ...{ importances: [{ column: "size", share: 1 }], leaks: [], leftOut: [] },
      },
      dialect: {
        ...{ encoding: "utf-8", otherEncodings: [], delimiter: ",", quote: '"', decimal: "." },
        ...{ hasHeader: true, headerLine: 1 },
      },
      read: [{ name: "size", type: "number", unit: "m²", spelling: { decimal: "." } }],
    },
  };
}

/** What every store of a user's work must do. Each opens the same place again when it is called again. */
export function workStoreContract(name: string, place: () => () => Works): void {
  describe(`${name} as a store of work`, () => {
    let open: () => Works;
    beforeEach(() => (open = place()));

    test("has nothing at first", async () => {
      const store = open();
      expect([await store.last(), await store.table(), await store.runs()]).toEqual([
        null,
        null,
        [],
      ]);
    });

    test("keeps the last table that was worked on, for the next visit", async () => {
      await open().keep(work);
      await open().keep({ ...work, fileName: "later.csv" });
      expect(await open().last()).toEqual({ ...work, fileName: "later.csv" });
    });

    test("keeps a whole file, by its bytes and its name, until it is told to forget it", async () => {
      expect(await open().keepTable(new File(["a,b\n1,2\n"], "homes.csv"))).toBe(true);
      const kept = await open().table();
      expect([kept?.name, await kept?.text()]).toEqual(["homes.csv", "a,b\n1,2\n"]);
      await open().forgetTable();
      expect(await open().table()).toBeNull();
    });

    test("forgets what was worked on with its file, and leaves the runs", async () => {
      const store = open();
      await store.keep(work);
      await store.keepTable(new File(["a"], "homes.csv"));
      await store.addRun(runAt(1));
      await store.forget();
      expect([await store.last(), await store.table(), await store.runs()]).toEqual([
        null,
        null,
        [runAt(1)],
      ]);
    });

    test("lists the latest 30 runs, the latest first, and forgets one alone", async () => {
      const store = open();
      for (let at = 1; at <= 32; at++) await store.addRun(runAt(at));
      const kept = Array.from({ length: 30 }, (_, i) => runAt(32 - i));
      expect(await open().runs()).toEqual(kept);
      await store.forgetRun("run 32");
      expect(await open().runs()).toEqual(kept.slice(1));
    });

    test("keeps models whole, lists them with the latest first, and forgets one alone", async () => {
      const store = open();
      for (const at of [2, 3, 1]) expect(await store.keepModel(modelAt(at))).toBe(true);
      await store.forget();
      expect(await open().models()).toEqual([3, 2, 1].map(modelAt));
      await store.forgetModel("model 2");
      expect(await open().models()).toEqual([3, 1].map(modelAt));
      await store.keepModel({ ...modelAt(1), fileName: "again.csv" });
      expect((await open().models()).map(({ fileName }) => fileName)).toEqual([
        "homes.csv",
        "again.csv",
      ]);
    });

    test("is empty once it is cleared", async () => {
      const store = open();
      await store.keep(work);
      await store.keepTable(new File(["a"], "homes.csv"));
      await store.addRun(runAt(1));
      await store.keepModel(modelAt(1));
      await store.clear();
      const again = open();
      expect([await again.last(), await again.table()]).toEqual([null, null]);
      expect([await again.runs(), await again.models()]).toEqual([[], []]);
    });
  });
}
