import { expect, test } from "vitest";

import { chooseClasses } from "../../../../src/engine/pack/choose-answer";
import type { ForeignModel } from "../../../../src/engine/pack/foreign-model";

const model = (classes: readonly string[]): ForeignModel => ({
  ...{ bytes: new Uint8Array(), opsets: new Map(), inputs: [], names: new Set() },
  ...{ classes, outputs: [{ name: "label", element: "int64", shape: [null] }] },
});

test.each([
  ["in the model's order", ["eel", "cat"], ["cat", "eel"], ["eel", "cat"]],
  ["as the table writes them", ["Eel", "CAT"], ["cat", "eel"], ["eel", "cat"]],
  ["with numbers of another spelling", ["2", "1"], ["1.0", "2.0"], ["2.0", "1.0"]],
  [
    "with classes that the table lacks",
    ["fox", "Eel", "cat"],
    ["cat", "eel"],
    ["fox", "eel", "cat"],
  ],
  ["by their places", ["1", "0"], ["no", "yes"], ["yes", "no"]],
  ["by the alphabet where nothing says more", ["x", "y"], ["no", "yes"], ["no", "yes"]],
])("classes are named %s", (_, classes, known, labels) => {
  const chosen = chooseClasses("label", null, model(classes), known, {});
  expect(chosen.labels).toEqual(labels);
});
