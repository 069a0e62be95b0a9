import { expect, test } from "vitest";

import {
  fieldsOf,
  type HowTold,
  toldBy,
} from "../../../../../../src/app/screens/predict/columns/reading/how-told";
import { profile } from "../../../fakes";

const { dialect } = profile;

test.each<[string, HowTold]>([
  ["nothing", {}],
  ["an encoding", { encoding: "gb18030" }],
  ["a blank between cells", { delimiter: " " }],
  ["no names", { hasHeader: false }],
  ["the line of the names", { hasHeader: true, headerLine: 3 }],
  ["the first rows", { rows: [1, 20] }],
  ["the last rows", { rows: [5, null] }],
  ["what is missing", { missing: ["-999", "n.d."], missingOnly: true }],
  ["dates and decimals", { dateOrder: "month", decimal: "," }],
])("%s that was told stands in the fields, and is told again by them", (_, told) => {
  expect(toldBy(fieldsOf(told, dialect))).toEqual(told);
});

test("a field that is cleared tells nothing", () => {
  const fields = fieldsOf(
    { rows: [2, 20], missing: ["x"], hasHeader: true, headerLine: 2 },
    dialect,
  );
  const cleared = { ...fields, first: "", last: "", missing: " ", line: "" };
  expect(toldBy(cleared)).toEqual({});
});

test("names in the first row are told by the line that they were found in", () => {
  const read = { ...dialect, headerLine: 4 };
  expect(fieldsOf({ hasHeader: true }, read).line).toBe("4");
});
