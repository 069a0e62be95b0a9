import { expect, test } from "vitest";

import { delimitedReader } from "../../src/engine/kinds/table/read/delimited/delimited-reader";
import type { KindedTable } from "../../src/engine/kinds/table/read/cells/cell-table";
import { everyReader } from "../../src/engine/kinds/table/read/every-format";
import { openTable } from "../../src/engine/kinds/table/read/index";
import { LINES } from "../../src/engine/kinds/table/read/lines/is-of-lines";
import { finish } from "../../src/engine/ground/finish";
import { zipFiles } from "../../src/engine/learnware/zip/zip-files";
import { encodeArff, encodeArrow, encodeNpy, encodeNpz } from "../fixtures/table/array-files";
import { encodeParquet } from "../fixtures/table/parquet-files";
import { encodeSqlite } from "../fixtures/table/sqlite-files";
import { type Columns, encodeOds, encodeXlsx } from "../fixtures/table/sheet-files";
import { gzip, sourceOf } from "../fixtures/table/read-text";
import { type ReaderSubject, tableReaderSuite } from "./table-reader.suite";

const encode: ReaderSubject<unknown>["encode"] = async (columns) => {
  const lists = Object.values(columns);
  const rows = Array.from({ length: lists[0]!.length }, (_, i) =>
    lists.map((cells) => cells[i] ?? "").join(","),
  );
  return new TextEncoder().encode(`${[Object.keys(columns).join(","), ...rows].join("\n")}\n`);
};

// Lines are one column, and told by `isOfLines`: lines.test.ts reads them.
const others = (await everyReader()).filter(({ format }) => format !== LINES);
const subjects: readonly Omit<ReaderSubject<KindedTable>, "reader">[] = [
  { name: "table.db", encode: encodeSqlite, canStream: false, writes: delimitedReader },
  { name: "table.parquet", encode: encodeParquet, canStream: false },
  { name: "table.xlsx", encode: encodeXlsx, canStream: false },
  { name: "table.ods", encode: encodeOds, canStream: false, writes: others[2]! },
  { name: "table.ndjson", encode: encodeNdjson, canStream: false },
  { name: "table.json", encode: encodeJson, canStream: false },
  { name: "table.arrow", encode: encodeArrow, canStream: false },
  { name: "table.npy", encode: encodeNpy, canStream: false, writes: delimitedReader },
  { name: "table.arff", encode: encodeArff, canStream: false, writes: delimitedReader },
  { name: "table.npz", encode: encodeNpz, canStream: false, writes: delimitedReader },
  { name: "table.zip", encode: encodeZip, canStream: false, writes: delimitedReader },
];

function recordsOf(columns: Columns): string[] {
  const lists = Object.entries(columns);
  return lists[0]![1].map((_, i) =>
    JSON.stringify(Object.fromEntries(lists.map(([name, cells]) => [name, cells[i]]))),
  );
}

async function encodeZip(columns: Columns): Promise<Uint8Array<ArrayBuffer>> {
  return zipFiles(new Map([["table.csv", await encode(columns)]]));
}

async function encodeNdjson(columns: Columns): Promise<Uint8Array<ArrayBuffer>> {
  return new TextEncoder().encode(`${recordsOf(columns).join("\n")}\n`);
}

async function encodeJson(columns: Columns): Promise<Uint8Array<ArrayBuffer>> {
  return new TextEncoder().encode(`[${recordsOf(columns).join(",")}]`);
}

tableReaderSuite({ reader: delimitedReader, name: "table.csv", encode, canStream: true });
for (const [i, subject] of subjects.entries()) {
  tableReaderSuite({ ...subject, reader: others[i]! });
}

test.each(subjects.map(({ name, encode }, i) => [name, encode, i] as const))(
  "%s is told from every other format",
  async (name, encode, i) => {
    const bytes = await encode({ size: [1, 2], kind: ["a", "b"] });
    expect(others.findIndex((reader) => reader.recognises(bytes.subarray(0, 8192), name))).toBe(i);
  },
);

test("every reader has passed", () => {
  expect(others).toHaveLength(subjects.length);
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

test("what delimited text alone does not recognise is named", async () => {
  const parquet = sourceOf("PAR1 and so on");
  await expect(finish(openTable(parquet, "a.parquet"))).rejects.toMatchObject({
    code: "unsupported_format",
    details: { format: "Parquet file" },
  });
});
