import { expect, test } from "vitest";

import {
  type Answered,
  answeringWith,
  sameQuestion,
} from "../../../../../src/engine/reuse/rows/same-question";

const classes = (...labels: string[]) =>
  ({ task: "classification", target: "kind", labels }) as const;

test("the same target and classes, however written, are the same question", () => {
  expect(sameQuestion(classes("Yes", "no"), classes("NO", "yes"))).toBe(true);
  expect(sameQuestion(classes("0.0", "1.0"), classes("0", "1", "2"))).toBe(true);
  const number = { task: "regression", target: "price", labels: [] } as const;
  expect(sameQuestion(number, { ...number })).toBe(true);
});

test("foreign classes, another target or another task are another question", () => {
  expect(sameQuestion(classes("cat", "dog"), classes("setosa", "virginica"))).toBe(false);
  expect(sameQuestion(classes("a", "b", "c"), classes("c", "d", "e"))).toBe(false);
  expect(sameQuestion(classes("a"), { ...classes("a"), target: "other" })).toBe(false);
  expect(sameQuestion(classes("a"), { task: "regression", target: "kind", labels: [] })).toBe(
    false,
  );
});

test("learnwares of some of many classes hang together by those between them", () => {
  const all = [classes("a", "b"), classes("x", "y"), classes("d", "e"), classes("b", "c"), classes("c", "d")]; // prettier-ignore
  const known = answeringWith(all, (one) => one).map(({ labels }) => labels.join(""));
  expect(known).toEqual(["ab", "de", "bc", "cd"]);
  expect(answeringWith([], (one: Answered) => one)).toEqual([]);
});
