import { expect, test } from "vitest";

import { toRows } from "../../../../../../src/engine/ground/matrix";
import { encodeInputs, ownInputs } from "../../../../../../src/engine/kinds/table/own/own-inputs";
import { read } from "../../../../../fixtures/table/read-text";

const csv = `when,side,size,y
2024-01-01 06:30,north,1.5,1
2024-02-06 12:00,south,,2
2023-02-06 12:00,north,2.5,3
2024-12-31 18:00,north,3.5,4
2024-03-01 00:00,south,4.5,5
2024-03-02 00:00,,5.5,6
2024-03-03 00:00,south,6.5,7
2024-03-04 00:00,north,7.5,8
`;
const rows = Int32Array.from({ length: 8 }, (_, row) => row);

test("columns become numbers, dates in parts, one input a frequent value, and what is missing", async () => {
  const { table } = await read(csv);
  const { inputs, leftOut } = ownInputs(table, "y", rows);
  expect(leftOut).toEqual([]);
  expect(inputs.map(({ column, of }) => `${column} ${of}`)).toEqual([
    ...["when year", "when month", "when weekday", "when hour"],
    ...["side value", "side value", "side missing"],
    ...["size number", "size missing"],
  ]);
  const encoded = toRows(encodeInputs(table, inputs));
  expect(encoded[0]).toEqual([2024, 1, 1, 6.5, 1, 0, 0, 1.5, 0]);
  expect(encoded[5]!.slice(4)).toEqual([0, 0, 1, 5.5, 0]);
  expect(encoded[1]!.slice(7)).toEqual([NaN, 1]);
  expect(encoded[3]!.slice(1, 4)).toEqual([12, 2, 18]);
});

test("a value that is unknown where the model is used counts as any other", async () => {
  const { inputs } = ownInputs((await read(csv)).table, "y", rows);
  const { table } = await read(csv.replaceAll("north", "east"));
  expect(toRows(encodeInputs(table, inputs))[0]!.slice(4, 7)).toEqual([0, 0, 0]);
});
