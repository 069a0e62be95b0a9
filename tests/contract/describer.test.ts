import { expect, test } from "vitest";

import { Describer } from "../../src/dock/storage/describer";
import { describeFor } from "../fixtures/described";
import { island, rkmeAround } from "../fixtures/learnwares";
import { noBooks } from "../fixtures/no-books";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

test("a Describer agrees with plain loops, also on two drafts of one version of an island", async () => {
  const describer = await Describer.create(noBooks);
  for (const gamma of [island.kernel.gamma, 0.2]) {
    const draft = { ...island, kernel: gaussianKernel(gamma) };
    const made = await describer.describe(draft, rkmeAround(1, 2, gamma), 0.5);
    const expected = describeFor(draft, rkmeAround(1, 2, gamma), 0.5);
    expect(made.selfProduct).toBeCloseTo(expected.selfProduct, 6);
    made.sketch.forEach((value, i) => expect(value).toBeCloseTo(expected.sketch[i]!, 5));
  }
});
