import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../src/engine/ground/finish";
import type { ReadOptions } from "../../../../../../src/engine/kinds/table/read/reader";
import { sqliteReader } from "../../../../../../src/engine/kinds/table/read/sqlite/sqlite-reader";
import { sqliteOf } from "../../../../../fixtures/table/sqlite-files";
import { sourceOf } from "../../../../../fixtures/table/read-text";

const bytes = await sqliteOf(
  "create table empty (a, b)",
  `create table "the ""houses""" (area real, town text, sold text, photo blob, id integer)`,
  `insert into "the ""houses""" values (80.5, 'Ulm', '2024-03-01', x'00ff', 9007199254740993)`,
  `insert into "the ""houses""" values (120, 'Bonn', '2024-04-02', null, 9007199254740995)`,
  `insert into "the ""houses""" values (null, 'Ulm', '2024-05-03', null, 9007199254740997)`,
  "create table towns (name, people)",
  "insert into towns values ('Ulm', 129000)",
  "create view endless as with recursive n(i) as (select 1 union all select i + 1 from n) select i from n",
);

const read = async (file: Uint8Array<ArrayBuffer>, options: ReadOptions = {}) =>
  finish(sqliteReader.read(sourceOf(file), options));

describe("a database", () => {
  test("gives its first table with rows, without what is no plain value", async () => {
    const { profile, table } = await read(bytes);
    expect(profile.columns.map(({ name }) => name)).toEqual(["area", "town", "sold", "id"]);
    expect([...table.columns[0]!.numbers!]).toEqual([80.5, 120, NaN]);
    expect(table.columns[3]!.categories).toEqual([
      "9007199254740993",
      "9007199254740995",
      "9007199254740997",
    ]);
    expect(profile.warnings).toMatchObject([
      { code: "nested_column", column: "photo" },
      { code: "other_sheets", sheets: ["empty", "towns"] },
    ]);
  });

  test("gives another one that is asked for", async () => {
    const { profile } = await read(bytes, { sheet: "towns" });
    expect([profile.rows, profile.sheet, profile.warnings]).toEqual([1, "towns", []]);
  });

  test("gives no table that a virtual one keeps its things in", async () => {
    const file = await sqliteOf(
      "create virtual table notes using fts3 (body)",
      "insert into notes values ('hello')",
      "create table towns (name, people)",
      "insert into towns values ('Ulm', 129000)",
    );
    const { profile } = await read(file);
    expect([profile.sheet, profile.warnings]).toEqual(["towns", []]);
  });

  test("is read while its changes go to a file beside it", async () => {
    const apart = Uint8Array.from(bytes);
    apart[18] = apart[19] = 2;
    expect((await read(apart)).profile.rows).toBe(3);
  });

  test("is refused in words where it is damaged, and where it holds nothing", async () => {
    await expect(read(bytes.slice(0, 5000))).rejects.toMatchObject({ code: "damaged_file" });
    await expect(read(await sqliteOf("create table a (b)"))).rejects.toMatchObject({
      code: "no_table",
    });
  });
});
