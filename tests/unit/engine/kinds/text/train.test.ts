import { expect, test } from "vitest";

import { seededRandom } from "../../../../../src/engine/ground/random";
import {
  predictTextModel,
  trainTextModel,
} from "../../../../../src/engine/kinds/text/train/text-model";

test("training tells how far it is, which never falls, and can be stopped at each word of it", async () => {
  const random = seededRandom(1);
  const classes = 30;
  const codes = Int32Array.from({ length: 300 }, (_, i) => i % classes);
  const word = (code: number) => (random() < 0.3 ? `own${code}` : `w${Math.floor(random() * 400)}`);
  const texts = Array.from(codes, (code) => Array.from({ length: 20 }, () => word(code)).join(" "));
  const steps = trainTextModel(texts, { task: "classification", codes, classes });
  const told: number[] = [];
  let next = await steps.next();
  for (; !next.done; next = await steps.next()) told.push(next.value.done / next.value.total);
  expect(told.length).toBeGreaterThan(20);
  expect(told.toSorted((a, b) => a - b)).toEqual(told);
  expect(told.at(-1)).toBeLessThanOrEqual(1);
  const { data } = predictTextModel(next.value, texts);
  const right = codes.filter((code, i) => {
    const scores = data.subarray(i * classes, (i + 1) * classes);
    return scores.indexOf(Math.max(...scores)) === code;
  });
  expect(right.length / codes.length).toBeGreaterThan(0.9);
});
