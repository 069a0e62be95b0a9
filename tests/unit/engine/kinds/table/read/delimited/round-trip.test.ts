import fc from "fast-check";
import { expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { openTable } from "../../../../../../../src/engine/kinds/table/read/index";
import { sourceOfBytes } from "../../../../../../../src/engine/kinds/table/read/source";
import { byteTools } from "../../../../../../../src/runtime/byte-tools";

interface Dialect {
  readonly delimiter: string;
  readonly quotes: "all" | "needed";
  readonly lineEnd: string;
  readonly encoding: "utf-8" | "utf-8 with a mark" | "utf-16le";
  readonly decimal: "." | ",";
  readonly endsOpen: boolean;
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  quotes: fc.constantFrom("all", "needed"),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  encoding: fc.constantFrom("utf-8", "utf-8 with a mark", "utf-16le"),
  decimal: fc.constantFrom(".", ","),
  endsOpen: fc.boolean(),
});

const words = fc.constantFrom(
  "red",
  "dark blue",
  "Zürich",
  "北京",
  "O'Hara",
  'a "good" one',
  "x; y",
  "1, 2",
  "a|b",
  "two\nlines",
  "",
);
const cells: Readonly<Record<string, fc.Arbitrary<string | number>>> = {
  number: fc.integer({ min: -99_999, max: 99_999 }).map((value) => value / 100),
  whole: fc.integer({ min: 0, max: 500 }),
  day: fc
    .integer({ min: 0, max: 9000 })
    .map((day) => new Date(1.2e12 + day * 864e5).toISOString().slice(0, 10)),
  word: words,
};

/** A number in the first column, so that rows differ from names; at least four rows. */
const tables = fc
  .array(fc.constantFrom("number", "whole", "day", "word"), { minLength: 1, maxLength: 4 })
  .chain((kinds) =>
    fc.record({
      names: fc.constant(["size", ...kinds.map((kind, j) => `${kind} ${j}`)]),
      rows: fc.array(fc.tuple(cells["number"]!, ...kinds.map((kind) => cells[kind]!)), {
        minLength: 4,
        maxLength: 20,
      }),
    }),
  );

function written(
  names: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  dialect: Dialect,
) {
  const cell = (value: string | number) => {
    const text = typeof value === "number" ? String(value).replace(".", dialect.decimal) : value;
    const mustQuote = /["\n\r]/.test(text) || text.includes(dialect.delimiter);
    return dialect.quotes === "all" || mustQuote ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [names, ...rows].map((row) => row.map(cell).join(dialect.delimiter));
  const text = lines.join(dialect.lineEnd) + (dialect.endsOpen ? "" : dialect.lineEnd);
  if (dialect.encoding === "utf-16le")
    return new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
  return new TextEncoder().encode(dialect.encoding === "utf-8" ? text : `\ufeff${text}`);
}

test("a table that is written in any dialect is read as it was", async () => {
  await fc.assert(
    fc.asyncProperty(tables, dialects, async ({ names, rows }, dialect) => {
      const source = sourceOfBytes(written(names, rows, dialect), byteTools);
      const open = await finish(openTable(source, "table.csv"));
      const { profile, table } = open.read;
      expect(profile.columns.map(({ name }) => name)).toEqual(names);
      const spelt = (value: string | number) =>
        typeof value === "number" ? String(value).replace(".", dialect.decimal) : value;
      expect(await finish(open.texts(0, rows.length + 1))).toEqual(
        rows.map((row) => row.map(spelt)),
      );
      expect([...table.columns[0]!.numbers!]).toEqual(rows.map(([first]) => first));
    }),
    { numRuns: 300 },
  );
});

test("a file that is cut off anywhere is read or refused, soon", async () => {
  const small = fc
    .tuple(tables, dialects)
    .map(([{ names, rows }, dialect]) => written(names, rows, dialect));
  await fc.assert(
    fc.asyncProperty(small, async (bytes) => {
      for (let end = 0; end < bytes.length; end += 1 + Math.floor(bytes.length / 40)) {
        const source = sourceOfBytes(bytes.subarray(0, end), byteTools);
        await finish(openTable(source, "table.csv")).catch((error: unknown) => {
          expect(error).toHaveProperty("code");
        });
      }
    }),
    { numRuns: 30 },
  );
});
