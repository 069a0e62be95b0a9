import { expect, test } from "vitest";

import { checkRuns } from "../../../../src/dock/intake/model-check";
import type { ModelInput } from "../../../../src/engine/learnware/model-input";
import { TEXT_SPACES } from "../../../../src/engine/kinds/text/spaces";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";

const { dimension } = TEXT_SPACES.any;
const rkme = {
  points: { data: new Float64Array(dimension), rows: 1, cols: dimension },
  weights: Float64Array.of(1),
  kernel: gaussianKernel(1),
  rowCount: 40,
};
const model: Parameters<typeof checkRuns>[2]["model"] = {
  ...{ input: "text", features: [], labels: ["bad", "good"] },
  ...{ task: "classification", target: "mood", output: "probabilities" },
};

test("a model of texts is run on made-up ones before it is let in", async () => {
  const given: (readonly ModelInput[])[] = [];
  const giving = (cols: number) => ({
    run: async ({ inputs }: { readonly inputs: readonly ModelInput[] }) => {
      given.push(inputs);
      return { data: new Float32Array(5 * cols), rows: 5, cols };
    },
  });
  const check = (cols: number) =>
    checkRuns(giving(cols), new Uint8Array(), { model, rkme }, TEXT_SPACES.any);
  await check(2);
  expect(given[0]).toMatchObject([{ name: "text", dims: [5] }]);
  expect(given[0]![0]!.data).toContain("");
  await expect(check(3)).rejects.toMatchObject({
    code: "bad_input",
    message: "the model gives 3 numbers for each row, its manifest has 2 classes",
  });
});
