import { gzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../src/engine/ground/finish";
import { openTable, type OpenTable } from "../../../../../../src/engine/kinds/table/read/index";
import { sourceOfBytes } from "../../../../../../src/engine/kinds/table/read/source";
import {
  shownCells,
  type WantedCells,
} from "../../../../../../src/engine/kinds/table/window/shown-cells";
import { byteTools } from "../../../../../../src/runtime/byte-tools";

function open(bytes: Uint8Array, count: (bytes: number) => void = () => undefined) {
  const source = sourceOfBytes(bytes, byteTools);
  const counted = {
    ...source,
    async *open(from = 0) {
      for (let at = from; at < bytes.length; at += 65_536) {
        const piece = bytes.subarray(at, at + 65_536);
        count(piece.length);
        yield piece;
      }
    },
  };
  return finish(openTable(counted, "table.csv"));
}

async function cellsOf(table: OpenTable, wanted: Partial<WantedCells>) {
  const all = { filters: [], from: 0, to: 100, columns: [0] };
  const { columns, ...rest } = await finish(shownCells(table, { ...all, ...wanted }));
  return { ...rest, columns: columns.map(({ values }) => [...values]) };
}

const SMALL =
  "kind,size,day,when\nred,1,2021-01-28,2021-01-28 10:30\nblue,oops,2021-01-29,\nred,3.25,?,2021-02-01 00:00\nred,1,2021-02-02,2021-03-01 09:00:05\n";
const small = () => open(new TextEncoder().encode(SMALL));

/** Rows of which each has a text of its own, some of them with line ends and with characters of one to four bytes. */
const NOTES = ["plain", "naïve", "房价", "🏠 home", 'say ""hi""', "two\nlines"];
const noteOf = (row: number) => `${NOTES[row % NOTES.length]!} ${row}`;
const ROWS = 60_000;

function manyRows(lineEnd: string): string {
  const lines = ["id,note,size"];
  for (let i = 0; i < ROWS; i++) lines.push(`${i * 7},"${noteOf(i)}",${i % 50}`);
  return lines.join(lineEnd) + lineEnd;
}

const written = (row: number) => noteOf(row).replaceAll('""', '"');

describe("cells to be shown", () => {
  test("can be those of rows that are listed", async () => {
    const among = Int32Array.of(1, 3);
    const { rows, columns } = await cellsOf(await small(), { columns: [0, 1], among });
    expect([...rows]).toEqual([1, 3]);
    expect(columns).toEqual([
      ["blue", "red"],
      ["oops", "1"],
    ]);
  });

  test("are numbers and texts as they were read, dates the same in every language", async () => {
    const { passing, rows, columns } = await cellsOf(await small(), { columns: [0, 1, 2, 3] });
    expect(passing).toBe(4);
    expect([...rows]).toEqual([0, 1, 2, 3]);
    expect(columns).toEqual([
      ["red", "blue", "red", "red"],
      ["1", "oops", "3.25", "1"],
      ["2021-01-28", "2021-01-29", null, "2021-02-02"],
      ["2021-01-28 10:30", null, "2021-02-01", "2021-03-01 09:00:05"],
    ]);
  });

  test("end where the table ends, in any order of columns", async () => {
    const table = await small();
    expect(await cellsOf(table, { from: 2, to: 900, columns: [2, 0] })).toEqual({
      passing: 4,
      rows: Int32Array.of(2, 3),
      columns: [
        [null, "2021-02-02"],
        ["red", "red"],
      ],
    });
    expect((await cellsOf(table, { from: 90, to: 99 })).columns).toEqual([[]]);
  });

  test("that no column keeps are missing as the table was read, and no others", async () => {
    const lines = Array.from({ length: 1500 }, (_, i) => `${i},a note on ${i}`);
    const text = ["id,note", "0,none", "1,unk", ...lines].join("\n");
    const source = sourceOfBytes(new TextEncoder().encode(text), byteTools);
    const told = { missing: ["unk"], missingOnly: true };
    const table = await finish(openTable(source, "table.csv", told));
    const { columns } = await cellsOf(table, { columns: [1], to: 3 });
    expect(columns).toEqual([["none", null, "a note on 0"]]);
  });

  test("of a column or of more rows than there may be are refused by code", async () => {
    const table = await small();
    await expect(cellsOf(table, { columns: [4] })).rejects.toMatchObject({ code: "bad_parameter" });
    await expect(cellsOf(table, { to: 3000 })).rejects.toMatchObject({ code: "bad_parameter" });
  });

  for (const [name, encode, lineEnd] of [
    ["UTF-8", (text: string) => Buffer.from(text), "\n"],
    [
      "UTF-8 with a byte order mark and two-character line ends",
      (text: string) => Buffer.from(`\ufeff${text}`),
      "\r\n",
    ],
    ["UTF-16", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le"), "\n"],
  ] as const) {
    test(`that no column keeps are read from the middle of the file: ${name}`, async () => {
      const bytes = new Uint8Array(encode(manyRows(lineEnd)));
      let taken = 0;
      const table = await open(bytes, (more) => (taken += more));
      for (const from of [0, 1, 9999, 31_234, ROWS - 5]) {
        taken = 0;
        const { columns } = await cellsOf(table, { from, to: from + 30, columns: [1, 2] });
        const rows = Array.from({ length: Math.min(30, ROWS - from) }, (_, i) => from + i);
        expect(columns[0]).toEqual(rows.map(written));
        expect(columns[1]).toEqual(rows.map((row) => row % 50));
        expect(taken).toBeLessThan(bytes.length / 2);
      }
    });
  }

  test("that no column keeps are read from gzip too, from its beginning", async () => {
    const table = await open(new Uint8Array(gzipSync(manyRows("\n"))));
    const { columns } = await cellsOf(table, { from: 50_000, to: 50_003, columns: [1] });
    expect(columns).toEqual([[50_000, 50_001, 50_002].map(written)]);
  });

  test("of rows that pass filters may lie far apart", async () => {
    const table = await open(new TextEncoder().encode(manyRows("\n")));
    const filters = [{ column: 2, bins: [0], values: [], missing: false }];
    const wanted = { filters, from: 100, to: 104, columns: [1, 2] };
    const { passing, rows, columns } = await cellsOf(table, wanted);
    const all = Array.from({ length: ROWS }, (_, i) => i).filter((i) => i % 50 < 2.45);
    expect(passing).toBe(all.length);
    expect([...rows]).toEqual(all.slice(100, 104));
    expect(columns).toEqual([
      all.slice(100, 104).map(written),
      all.slice(100, 104).map((row) => row % 50),
    ]);
  });
});
