import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { openAnyTable } from "../../../../../../../src/engine/kinds/table/read/every-format";
import {
  jsonReader,
  ndjsonReader,
} from "../../../../../../../src/engine/kinds/table/read/json/json-reader";
import { sourceOf } from "../../../../../../fixtures/table/read-text";

const read = (text: string) => finish(jsonReader.read(sourceOf(text)));

describe("jsonReader", () => {
  test.each([
    ["records", '[{"a":1,"b":"x"},{"a":2,"b":"y"}]'],
    ["records with a key that comes late", '[{"a":1},{"a":2,"b":"y"}]'],
    ["columns by name", '{"a":[1,2],"b":["x","y"]}'],
    ["columns by name and row", '{"a":{"0":1,"1":2},"b":{"0":"x","1":"y"}}'],
    ["names and rows", '{"columns":["a","b"],"index":[0,1],"data":[[1,"x"],[2,"y"]]}'],
    ["rows", '[["a","b"],[1,"x"],[2,"y"]]'],
    ["records within an object", '{"ok":true,"data":[{"a":1,"b":"x"},{"a":2,"b":"y"}]}'],
    ["records two levels down", '{"reply":{"meta":[],"rows":[{"a":1,"b":"x"},{"a":2,"b":"y"}]}}'],
  ])("reads %s", async (_, text) => {
    const { profile, table } = await read(text);
    expect(profile.columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect([...table.columns[0]!.numbers!]).toEqual([1, 2]);
  });

  test("takes records within records apart, and leaves out what lies deeper", async () => {
    const { profile } = await read('[{"a":{"x":1,"y":{"z":2}},"l":[1]},{"a":{"x":3},"l":[2]}]');
    expect(profile.columns.map(({ name }) => name)).toEqual(["a.x"]);
    expect(profile.warnings.map(({ column }) => column)).toEqual(
      expect.arrayContaining(["a.y", "l"]),
    );
  });

  test("takes what Python writes for no number as no value, and leaves texts as they are", async () => {
    const { profile } = await read('[{"a":NaN,"t":"NaN, -Infinity"},{"a":-Infinity,"t":"x"},{"a":3,"t":"y"}]'); // prettier-ignore
    expect(profile).toMatchObject({ rows: 3, columns: [{ missing: 2 }, { missing: 0 }] });
    expect(profile.preview[0]![1]).toBe("NaN, -Infinity");
  });

  test("keeps the digits of numbers that a double does not hold", async () => {
    const { profile } = await read('[{"id":9007199254740993,"t":"9007199254740993:1"}]');
    expect(profile.preview[0]).toEqual(["9007199254740993", "9007199254740993:1"]);
  });

  test("reads fractions of many digits", async () => {
    const { table } = await read(
      '[{"a":0.30000000000000004},{"a":12345678901234567.5},{"a":1e-7}]',
    );
    expect([...table.columns[0]!.numbers!]).toEqual([0.1 + 0.2, 12345678901234568, 1e-7]);
  });

  test("takes a record that is null in some rows for no column beside its own", async () => {
    const { profile } = await read('[{"a":{"x":1},"b":null},{"a":null,"b":2}]');
    expect(profile.columns.map(({ name }) => name)).toEqual(["a.x", "b"]);
  });

  test.each([
    ["damaged_file", '[{"a":1},'],
    ["no_table", '{"a":1}'],
    ["no_table", "[1,2,3]"],
    ["no_table", '[{"a":[1]},{"a":[2]}]'],
  ])("refuses by %s: %s", async (code, text) => {
    await expect(read(text)).rejects.toMatchObject({ code });
  });
});

test("ndjsonReader names the line that is no record", async () => {
  const reading = finish(ndjsonReader.read(sourceOf('{"a":1}\n{"a":\n')));
  await expect(reading).rejects.toMatchObject({
    code: "damaged_file",
    message: expect.stringContaining("line 2") as string,
  });
});

test("a list of cells in each line is a row, whatever the file is called", async () => {
  const source = sourceOf('["a","b"]\n[1, "x"]\n[2, "y"]\n');
  for (const name of ["rows.jsonl", "rows.txt"]) {
    const { read: table } = await finish(openAnyTable(source, name));
    expect(table.profile).toMatchObject({ format: "ndjson", rows: 2 });
    expect(table.profile.columns.map(({ name: column }) => column)).toEqual(["a", "b"]);
  }
  await expect(finish(ndjsonReader.read(sourceOf('[1]\n{"a":1}')))).rejects.toMatchObject({
    code: "no_table",
  });
});
