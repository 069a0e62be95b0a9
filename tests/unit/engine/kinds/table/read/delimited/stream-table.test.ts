import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

import { seededRandom } from "../../../../../../../src/engine/ground/random";
import { openTableStream } from "../../../../../../../src/engine/kinds/table/read/delimited/stream-table";
import { byteTools } from "../../../../../../../src/runtime/byte-tools";

/** More than the head that decides layout and types, and than one block. */
const ROWS = 400_000;

test("a large table comes in blocks that together are the table", async () => {
  const random = seededRandom(1);
  const numbers = Array.from({ length: ROWS }, () => random().toFixed(4));
  const text = `size;kind;note\n${numbers
    .map((n, i) => `${n.replace(".", ",")};${i % 3 === 0 ? "red" : "blue"};"line ${i}\nand more"\n`)
    .join("")}`;
  const bytes = new TextEncoder().encode(text);
  for (const stored of [bytes, gzipSync(bytes, { level: 1 })]) {
    const stream = await openTableStream(chunksOf(stored), byteTools);
    expect(stream.head.profile.columns.map(({ name, type }) => [name, type])).toEqual([
      ["size", "number"],
      ["kind", "category"],
      ["note", "text"],
    ]);
    expect(stream.head.profile.rows).toBeLessThan(ROWS);
    let first = 0;
    let blocks = 0;
    for await (const { rows, columns } of stream.blocks()) {
      blocks++;
      const [size, kind] = columns;
      for (let i = 0; i < rows; i += 997) {
        expect(size!.numbers![i]).toBe(Number(numbers[first + i]));
        const word = kind!.categories[kind!.codes![i]!];
        expect(word).toBe((first + i) % 3 === 0 ? "red" : "blue");
      }
      first += rows;
    }
    expect(first).toBe(ROWS);
    expect(blocks).toBe(2);
  }
});

test("cells that do not fit the type of the head are missing", async () => {
  const lines = Array.from(
    { length: ROWS },
    (_, i) => `${i % 7 === 0 && i > 300_000 ? "?!" : i},1`,
  );
  const stream = await openTableStream(
    chunksOf(new TextEncoder().encode(`a,b\n${lines.join("\n")}\n`)),
    byteTools,
  );
  let missing = 0;
  for await (const { columns } of stream.blocks()) {
    for (const value of columns[0]!.numbers!) if (Number.isNaN(value)) missing++;
  }
  expect(missing).toBe(lines.filter((line) => line.startsWith("?!")).length);
});

test("UTF-16 is cut between characters", async () => {
  const text = `name,n\n${Array.from({ length: 300_000 }, (_, i) => `größe,${i}\n`).join("")}`;
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  const stream = await openTableStream(chunksOf(bytes), byteTools);
  expect(stream.head.profile.dialect.encoding).toBe("utf-16le");
  let sum = 0;
  for await (const { columns } of stream.blocks()) {
    expect(columns[0]!.categories).toEqual(["größe"]);
    sum += columns[1]!.numbers!.reduce((total, value) => total + value);
  }
  expect(sum).toBe((300_000 * 299_999) / 2);
});

test("a small table is one block, and an empty one is refused", async () => {
  const stream = await openTableStream(chunksOf(new TextEncoder().encode("a,b\n1,2")), byteTools);
  const blocks = [];
  for await (const block of stream.blocks()) blocks.push(block);
  expect(blocks.map(({ rows }) => rows)).toEqual([1]);
  await expect(openTableStream(chunksOf(new Uint8Array(0)), byteTools)).rejects.toMatchObject({
    code: "empty_file",
  });
});

test("rows can be counted, and some picked, without reading the others", async () => {
  const lines = Array.from({ length: ROWS }, (_, i) => `${i},"${i % 2 === 0 ? "even" : "odd"}"`);
  const bytes = new TextEncoder().encode(`n,word\n${lines.join("\n")}`);
  const open = () => openTableStream(chunksOf(bytes), byteTools);
  expect(await (await open()).countRows()).toBe(ROWS);
  const wanted = Int32Array.of(0, 3, 3, 65_536, 200_001, ROWS - 1);
  const { rows, columns } = await (await open()).pick(wanted);
  expect(rows).toBe(wanted.length);
  expect([...columns[0]!.numbers!]).toEqual([...wanted]);
  const words = Array.from(columns[1]!.codes!, (code) => columns[1]!.categories[code]);
  expect(words).toEqual(["even", "odd", "odd", "even", "odd", "odd"]);
  await expect((await open()).pick(Int32Array.of(5, ROWS))).rejects.toMatchObject({
    code: "shape_mismatch",
  });
});

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 65_537) yield bytes.subarray(from, from + 65_537);
}
