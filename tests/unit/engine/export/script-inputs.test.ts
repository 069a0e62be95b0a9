import { expect, test } from "vitest";

import { scriptInputs } from "../../../../src/engine/export/templates/script-inputs";
import { scriptPlan } from "../../../../src/engine/export/templates/scripts";
import { island } from "../../app/fakes";

const [sqft] = island.space.features;
const heating = {
  ...sqft!,
  name: "heating",
  type: "category" as const,
  categories: ["Gas", "wood"],
};
const space = { ...island.space, features: [sqft!, heating] };
const table = {
  names: ["area", "heated by"],
  own: [],
  columns: [],
  dialect: {
    ...({
      encoding: "utf-8",
      otherEncodings: [],
      delimiter: ",",
      quote: '"',
      decimal: ".",
    } as const),
    ...{ hasHeader: true, headerLine: 1 },
  },
} as const;

test("a script knows values by their spelling, and those that were said to mean another", () => {
  const inputs = (values?: readonly (readonly [string, string])[]) =>
    scriptInputs(
      { features: ["heating"], ownColumns: 0 },
      space,
      [{ feature: "heating", column: 1, ...(values && { values }) }],
      table,
    );
  const column = "heated by";
  expect(inputs()).toEqual([
    { column, is: "gas" },
    { column, is: "wood" },
  ]);
  expect(
    inputs([
      ["Pellets", "wood"],
      ["gas", ""],
    ]),
  ).toEqual([
    { column, among: [] },
    { column, among: ["wood", "pellets"] },
  ]);
});

test("scripts are told what was said of the cells", () => {
  const told = { missing: [" -999 "], missingOnly: true, dateOrder: "month" } as const;
  const plan = scriptPlan({
    ...{ inputs: [{ column: "at", part: "month" }], target: "y", labels: [] },
    ...{ dialect: { ...table.dialect, told }, columns: [] },
  });
  expect(JSON.parse(plan)).toMatchObject({ missing: ["-999"], dates: { order: "month" } });
});

test("a script knows the numbers that values were said to mean", () => {
  const values = [
    ["Small", "40"],
    ["?", ""],
  ] as const;
  const matches = [{ feature: sqft!.name, column: 0, values }];
  expect(scriptInputs({ features: [sqft!.name], ownColumns: 0 }, space, matches, table)).toEqual([
    { column: "area", numbers: { small: 40, "?": null } },
  ]);
});

test("a script knows how the columns that it takes are written, whatever they are called", () => {
  const columnOf = (name: string) =>
    ({ name, type: "number", unit: "cm", spelling: { decimal: "," } }) as const;
  const plan = scriptPlan({
    ...{ inputs: [{ column: "constructor" }], target: "y", labels: [] },
    ...{ dialect: table.dialect, columns: [columnOf("constructor"), columnOf("size")] },
  });
  expect(JSON.parse(plan)).toMatchObject({ cells: { constructor: { decimal: ",", unit: "cm" } } });
  expect(plan).not.toContain("size");
});
