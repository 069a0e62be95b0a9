import { expect, test } from "vitest";

import type { Dispatch, GpuPrograms } from "../../../../../src/runtime/compute/webgpu/gpu-program";
import { Pace, SubmitBudget } from "../../../../../src/runtime/compute/webgpu/pace";

test.for([1e6, 1e8, 1e10])(
  "on a GPU of %f products per ms, submits soon take 20 to 100 ms",
  (speed) => {
    const budget = new SubmitBudget();
    for (let submit = 0; submit < 30; submit++) budget.note(budget.work, budget.work / speed);
    const milliseconds = budget.work / speed;
    expect(milliseconds).toBeLessThanOrEqual(100);
    if (budget.work < 1e11) expect(milliseconds).toBeGreaterThanOrEqual(20);
  },
);

test("one slow submit halves the next at least, and a small fast one does not enlarge it", () => {
  const budget = new SubmitBudget();
  const before = budget.work;
  budget.note(before / 10, 0.1);
  expect(budget.work).toBe(before);
  budget.note(before, 400);
  expect(budget.work).toBeLessThanOrEqual(before / 8);
});

test("dispatches go out in order, as many at once as the budget holds, with a breath between", async () => {
  const log: string[] = [];
  const stub = {
    submit: (dispatches: readonly Dispatch[]) => log.push(`submit ${dispatches.length}`),
    finish: async () => {
      log.push("finish");
    },
  };
  const budget = new SubmitBudget();
  const pace = new Pace(stub as unknown as GpuPrograms, budget, async () => {
    log.push("breathe");
  });
  const dispatch = {} as Dispatch;
  const part = budget.work / 2;
  for (let i = 0; i < 3; i++) await pace.add(part, dispatch, dispatch);
  pace.end();
  expect(log).toEqual(["submit 4", "finish", "breathe", "submit 2"]);
});
