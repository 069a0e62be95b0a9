import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";

import { RecordParser } from "../../../../../../../src/engine/kinds/table/read/delimited/cut/records";
import type { LineEnd } from "../../../../../../../src/engine/kinds/table/read/delimited/cut/cutter";

function cut(text: string, delimiter = ",", lineEnd: LineEnd = "\n", piece = 7): string[][] {
  const dialect = {
    delimiter,
    quote: '"',
    escape: "doubled",
    hasTwins: false,
    places: null,
  } as const;
  const parser = new RecordParser(dialect, lineEnd, 2);
  const records: string[][] = [];
  for (let at = 0; at < text.length; at += piece)
    records.push(...parser.push(text.slice(at, at + piece)));
  return [...records, ...parser.end()];
}

const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', ",", "\n", " ", "a", "1", ";", "é", "😀") }),
);
const grid = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
  );

describe("RecordParser", () => {
  test.each(["\n", "\r\n"] as const)(
    "gives back the cells that were written, however the text is cut into pieces: %j",
    (newline) => {
      fc.assert(
        fc.property(grid, fc.integer({ min: 1, max: 40 }), (rows, piece) => {
          const text = Papa.unparse(rows, { newline, quotes: true });
          expect(cut(text, ",", newline, piece)).toEqual(rows);
        }),
      );
    },
  );

  test("closes a cell whose line end comes with the next piece", () => {
    const text = 'a,b\r\n1,"two\nlines"\r\n3,"four"\r\n';
    for (let piece = 1; piece < text.length; piece++) {
      for (const lineEnd of ["\n", "\r\n"] as const) {
        const [, row, last] = cut(text, ",", lineEnd, piece);
        expect([row, last]).toEqual([
          ["1", "two\nlines"],
          ["3", "four"],
        ]);
      }
    }
  });

  test.each(["\n", "\r\n", "\r"] as const)(
    "agrees with papaparse on plain files with line end %j",
    (lineEnd) => {
      const plain = fc.array(
        fc.array(fc.stringMatching(/^[a-z0-9 .]{0,8}$/), { minLength: 2, maxLength: 4 }),
        {
          minLength: 1,
        },
      );
      fc.assert(
        fc.property(plain, fc.constantFrom(",", ";", "\t", "|"), (rows, delimiter) => {
          const text = rows.map((row) => row.join(delimiter)).join(lineEnd);
          const { data } = Papa.parse(text, { delimiter, newline: lineEnd });
          expect(cut(text, delimiter, lineEnd)).toEqual(data);
        }),
      );
    },
  );

  test("keeps line ends and doubled quotation marks inside quoted cells", () => {
    expect(cut('a,"x\ny"\n"say ""hi""",2')).toEqual([
      ["a", "x\ny"],
      ['say "hi"', "2"],
    ]);
  });

  test("takes a quotation mark inside a plain cell as it is", () => {
    expect(cut('5" pipe,2\n3,4\n')).toEqual([
      ['5" pipe', "2"],
      ["3", "4"],
    ]);
  });

  test("reads lines that end in \\n in a file whose lines end in \\r\\n", () => {
    expect(cut('a,b\r\n1,2\n3,"4"\r\n', ",", "\r\n")).toEqual([
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  test("opens no record after the last line end", () => {
    expect(cut("a,b\n")).toEqual([["a", "b"]]);
    expect(cut("a,b")).toEqual([["a", "b"]]);
  });

  test("reads a quotation mark that is never closed as it stands", () => {
    expect(cut('a,b\n1,"2\n3,4\n')).toEqual([
      ["a", "b"],
      ["1", '"2'],
      ["3", "4"],
    ]);
  });

  test("reads marks that are no pair as they stand, or as far as they reach where that fits", () => {
    expect(cut('1,"Big" one\n"He said "hi" twice",2\n')).toEqual([
      ["1", '"Big" one'],
      ['He said "hi" twice', "2"],
    ]);
  });

  test("does not take rows for a cell that a stray mark opens", () => {
    const rows = Array.from({ length: 9 }, (_, i) => [String(i), "x"]);
    const text = `0,"x\n${rows.map((row) => row.join(",")).join("\n")}\n1,"y"\n`;
    expect(cut(text)).toEqual([["0", '"x'], ...rows, ["1", "y"]]);
  });

  test("refuses a line of more than 16 Mi characters without waiting for the end", () => {
    const dialect = {
      delimiter: ",",
      quote: '"',
      escape: "doubled",
      hasTwins: false,
      places: null,
    } as const;
    const parser = new RecordParser(dialect, "\n", 2);
    const piece = "x".repeat(1 << 20);
    expect(() => {
      parser.push('a,"');
      for (let i = 0; i < 64; i++) parser.push(piece);
    }).toThrow(expect.objectContaining({ code: "unterminated_quote" }));
  });

  test("takes 10 000 columns and refuses 10 001", () => {
    expect(cut(",".repeat(9999), ",", "\n", 5000)[0]).toHaveLength(10_000);
    expect(() => cut(",".repeat(10_000), ",", "\n", 5000)).toThrow(
      expect.objectContaining({
        code: "too_many_columns",
        details: { columns: 10_001, limit: 10_000 },
      }),
    );
  });
});
