import { describe, expect, test } from "vitest";

import { OwnStep } from "../../../../../src/app/screens/predict/own/own-step.svelte";
import { Session } from "../../../../../src/app/screens/predict/session.svelte";
import type { OwnResult } from "../../../../../src/contracts/workers/own-plan";
import type { ReadOptions } from "../../../../../src/engine/kinds/table/read/reader";
import type { Predictions } from "../../../../../src/engine/reuse/predict/predictions";
import { readingOfTrained } from "../../../../../src/workflows/own/reading";
import { modelAt } from "../../../../contract/work-store.suite";
import { column, fakeClients, profileOf } from "../../fakes";

const read = [
  { name: "size", type: "date", unit: null, spelling: { decimal: ".", dateOrder: "month" } },
] as const;
const reading: ReadOptions = { missing: ["unk"], before: { decimal: ".", columns: read } };
const report: OwnResult["report"] = {
  ...{ task: "regression", kind: "linear", answers: 20, wanted: 0, lonely: 0 },
  figures: { measure: "rmse", value: 1, interval: [0.5, 2], trivial: 3, rows: 20 },
  plot: { kind: "residuals", bins: [] },
  classes: null,
  ...{ importances: [], leaks: [], leftOut: [] },
};
const predictions: Predictions = {
  ...{ task: "regression", target: "price", radii: null, far: null, farIn: null, spread: null },
  values: new Float64Array(3),
};
function opened() {
  const asked: (readonly [file: string, options: ReadOptions])[] = [];
  const steps: string[] = [];
  const session = new Session(
    fakeClients({
      data: {
        read: async (file, options) => {
          asked.push([file.name, options]);
          steps.push("read");
          return profileOf([column("size")]);
        },
      },
      own: {
        train: async () => ({ report, predictions, columns: ["size"], kind: "table", reading }),
        predict: async () => {
          steps.push("predict");
          return predictions;
        },
        use: async () => void steps.push("use"),
      },
    }),
    () => undefined,
  );
  session.own = session.openOwn(OwnStep);
  return { session, own: session.own, asked, steps };
}

describe("the table of a model of the user's own", () => {
  test("is how another file is read that it predicts", async () => {
    const { session, own, asked } = opened();
    await session.table.read(new File(["x"], "mine.csv"));
    await own.train("price", null, []);
    await session.predictOther(new File(["x"], "other.csv"));
    expect(asked).toEqual([
      ["mine.csv", {}],
      ["other.csv", reading],
    ]);
  });

  test("is how the open file is read anew for a model that was kept, but for what was said of it", async () => {
    const { session, own, asked, steps } = opened();
    await session.table.read(new File(["x"], "mine.csv"), { missing: ["-1"] });
    const kept = modelAt(1);
    const { before } = readingOfTrained(kept.trained);
    await own.useKept(kept);
    expect(asked.slice(1)).toEqual([["mine.csv", { missing: ["-1"], before }]]);
    expect(steps).toEqual(["read", "read", "use", "predict"]);
    await own.useKept(kept);
    expect(asked).toHaveLength(2);
    expect(own.result?.isOther).toBe(true);
  });
});
