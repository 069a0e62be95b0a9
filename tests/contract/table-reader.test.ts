import { expect, test } from "vitest";

import { delimitedReader } from "../../src/engine/kinds/table/read/delimited/delimited-reader";
import { openTable, tableReaders } from "../../src/engine/kinds/table/read/index";
import { finish } from "../../src/engine/ground/finish";
import { gzip, sourceOf } from "../fixtures/table/read-text";
import { type ReaderSubject, tableReaderSuite } from "./table-reader.suite";

const encode: ReaderSubject<unknown>["encode"] = async (columns) => {
  const lists = Object.values(columns);
  const rows = Array.from({ length: lists[0]!.length }, (_, i) =>
    lists.map((cells) => cells[i] ?? "").join(","),
  );
  return new TextEncoder().encode(`${[Object.keys(columns).join(","), ...rows].join("\n")}\n`);
};

tableReaderSuite({ reader: delimitedReader, name: "table.csv", encode });

test("every reader has passed", () => {
  expect(tableReaders.map(({ format }) => format)).toEqual(["delimited"]);
});

test("a table is read by whichever reader recognises it, and written back by it", async () => {
  const bytes = await gzip(await encode({ a: [1, 2] }).then((text) => text));
  const opened = await finish(openTable(sourceOf(bytes), "a.csv.gz"));
  expect([...opened.read.table.columns[0]!.numbers!]).toEqual([1, 2]);
  expect(opened.mediaType).toContain("csv");
  let text = "";
  const sink = (piece: string | Uint8Array) =>
    void (text += typeof piece === "string" ? piece : "");
  await finish(opened.write([{ name: "p", values: Float64Array.of(3, 4) }], sink));
  expect(text).toBe("a,p\n1,3\n2,4\n");
});

test("what no reader recognises is named", async () => {
  const parquet = sourceOf("PAR1 and so on");
  await expect(finish(openTable(parquet, "a.parquet"))).rejects.toMatchObject({
    code: "unsupported_format",
    details: { format: "Parquet file" },
  });
});
