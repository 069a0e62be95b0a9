import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";

import { readTable } from "../../../../../../../src/engine/kinds/table/read/delimited/read-table";
import { writeCsv } from "../../../../../../../src/engine/kinds/table/read/delimited/write-csv";
import { finish } from "../../../../../../../src/engine/ground/finish";
import { gzip, inPieces, read, sourceOf, write } from "../../../../../../fixtures/table/read-text";

const numbers = (...values: number[]) => ({ name: "p", values: Float64Array.from(values) });

describe("writeCsv", () => {
  test("keeps every cell as written, and puts predictions to the right", async () => {
    const text = "id, name ,x\n007, anna ,1e3\n008,NA,\n";
    expect(await write(text, [numbers(0.5, 2)])).toBe(
      "id, name ,x,p\n007, anna ,1e3,0.5\n008,NA,,2\n",
    );
  });

  test("quotes again what needs it, labels too", async () => {
    const text = 'a,b\n"x, ""y""","1\n2"\nz,3\n';
    const added = { name: 'p,"q"', values: Float64Array.of(1, 0), labels: ["no", 'yes, "so"'] };
    expect(await write(text, [added])).toBe(
      'a,b,"p,""q"""\n"x, ""y""","1\n2","yes, ""so"""\nz,3,no\n',
    );
  });

  test("fills up short records and keeps cells beyond the last column", async () => {
    const text = "a,b\n1,2\n3\n4,5,6\n7,8\n";
    expect(await write(text, [numbers(1, 2, 3, 4)])).toBe(
      "a,b,,p\n1,2,,1\n3,,,2\n4,5,6,3\n7,8,,4\n",
    );
  });

  test("gives a name that the file has already a number", async () => {
    const text = "p,p_2\n1,2\n3,4\n";
    expect(await write(text, [numbers(5, 6), numbers(7, 8)])).toBe(
      "p,p_2,p_3,p_4\n1,2,5,7\n3,4,6,8\n",
    );
  });

  test("leaves a file without names without names", async () => {
    expect(await write("1,2\n3,4\n", [numbers(5, 6)])).toBe("1,2,5\n3,4,6\n");
  });

  test("keeps delimiter, decimal mark, line end and byte order mark", async () => {
    const text = "\ufeffa;b\r\n0,5;x\r\n1,5;y\r\n";
    expect(await write(text, [numbers(0.25, NaN)])).toBe("\ufeffa;b;p\r\n0,5;x;0,25\r\n1,5;y;\r\n");
  });

  test("writes at most seven figures, and nothing for what is no number", async () => {
    const values = [1 / 3, 123456789, 1e-12, Infinity, NaN, -0.1];
    const text = `a\n${values.map((_, i) => `r${i}`).join("\n")}\n`;
    const written = await write(text, [numbers(...values)], { delimiter: ",", hasHeader: true });
    expect(
      written
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(",")[1]),
    ).toEqual([...["0.3333333", "123456800", "1e-12", "", "", "-0.1"]]);
  });

  test("reads legacy encodings and gzip, and writes UTF-8 with its mark", async () => {
    const bytes = Uint8Array.from("pr\xe9nom;n\nZo\xeb;3\nNo\xebl;4\n", (c) => c.charCodeAt(0));
    const expected = "\ufeffprénom;n;p\nZoë;3;1\nNoël;4;2\n";
    expect(await write(bytes, [numbers(1, 2)])).toBe(expected);
    expect(await write(await gzip(bytes), [numbers(1, 2)])).toBe(expected);
  });

  test("leaves out blank lines and titles, as the reader did", async () => {
    const text = "Report\n\na,b\n1,2\n\n3,4\n\n";
    expect(await write(text, [numbers(5, 6)])).toBe("a,b,p\n1,2,5\n3,4,6\n");
  });

  test("a missing value in a table of one column stays a row", async () => {
    expect(await write("size\n1\n\n3\n\n", [numbers(5, 6, 7)])).toBe("size,p\n1,5\n,6\n3,7\n");
  });

  test("refuses columns of another length, and a file that has changed", async () => {
    const { file } = await read("a,b\n1,2\n3,4\n");
    const sink = () => undefined;
    const short = writeCsv(sourceOf("a,b\n1,2\n3,4\n"), file, [numbers(1)], sink);
    await expect(finish(short)).rejects.toMatchObject({ code: "shape_mismatch" });
    for (const changed of ["a,b\n1,2\n", "a,b\n1,2\n3,4\n5,6\n"]) {
      const steps = writeCsv(sourceOf(changed), file, [numbers(1, 2)], sink);
      await expect(finish(steps)).rejects.toMatchObject({ code: "shape_mismatch" });
    }
  });

  test("gives back all records of any table, with the new column at the end", async () => {
    const cell = fc.oneof(
      fc.string({
        unit: fc.constantFrom('"', ",", "\n", " ", "a", "1", ";", "\t", "é", "😀"),
        maxLength: 6,
      }),
      fc.double({ noNaN: true }).map(String),
      fc.constantFrom("", "NA", "red", "2021-01-28"),
    );
    const grids = fc.integer({ min: 2, max: 5 }).chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 12,
      }),
    );
    // A row without any value is none, and a text alone in the last line is a note.
    const tables = grids.filter((rows) =>
      rows.every((row) => row.filter((one) => one.trim() !== "").length > 1),
    );
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 50 }), async (grid, size) => {
        const header = grid[0]!.map((_, j) => `name ${j}`);
        const text = Papa.unparse([header, ...grid], { newline: "\n", quotes: true });
        const choice = { delimiter: ",", hasHeader: true, headerLine: 1 };
        const { file, profile } = await finish(readTable(inPieces(text, size), choice));
        expect(profile.rows).toBe(grid.length);
        const values = Float64Array.from(grid, (_, i) => i);
        let written = "";
        await finish(
          writeCsv(
            inPieces(text, size),
            file,
            [{ name: "p", values }],
            (part) => (written += part),
          ),
        );
        const back = Papa.parse<string[]>(written, { delimiter: ",", newline: "\n" }).data.slice(
          0,
          -1,
        );
        expect(back).toEqual([[...header, "p"], ...grid.map((row, i) => [...row, String(i)])]);
      }),
    );
  });
});
