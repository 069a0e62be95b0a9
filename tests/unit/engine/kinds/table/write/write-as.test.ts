import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../src/engine/ground/finish";
import type { AddedColumn } from "../../../../../../src/engine/kinds/added-column";
import { openAnyTable } from "../../../../../../src/engine/kinds/table/read/every-format";
import { writeAs } from "../../../../../../src/engine/kinds/table/read/formats";
import type { OpenTable } from "../../../../../../src/engine/kinds/table/read/index";
import type { WrittenFormat } from "../../../../../../src/engine/kinds/table/write/media-types";
import { sourceOf } from "../../../../../fixtures/table/read-text";

const TABLE = "id,size,town,when\n007,1.5,Ulm,2024-02-29\n008,,Köln,2024-03-01\n009,3,,\n";
const ADDED: AddedColumn[] = [
  { name: "size", values: Float64Array.of(0.25, NaN, 2) },
  { name: "label", values: Float64Array.of(0, 1, NaN), labels: ["=1+1", "no"] },
];
const FORMATS: WrittenFormat[] = ["csv", "parquet", "json", "ndjson", "arrow", "xlsx"];

async function written(format: WrittenFormat): Promise<Uint8Array> {
  const open = await finish(openAnyTable(sourceOf(TABLE), "t.csv"));
  const parts: (string | Uint8Array<ArrayBuffer>)[] = [];
  await finish(writeAs(open, format, ADDED, (piece) => void parts.push(piece)));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

describe("writeAs", () => {
  test.each(FORMATS)("%s has the rows in order, with the cells as they were", async (format) => {
    const { read } = await finish(openAnyTable(sourceOf(await written(format)), `t.${format}`));
    expect(read.profile.columns.map(({ name }) => name)).toEqual([
      ...["id", "size", "town", "when", "size_2", "label"],
    ]);
    const label = format === "csv" || format === "xlsx" ? "'=1+1" : "=1+1";
    expect(read.profile.preview).toEqual([
      ["007", "1.5", "Ulm", "2024-02-29", "0.25", label],
      ["008", "", "Köln", "2024-03-01", "", "no"],
      ["009", "3", "", "", "2", ""],
    ]);
  });

  test.each(FORMATS)(
    "goes through a text once for %s, however many its columns",
    async (format) => {
      const rows = Array.from({ length: 45_000 }, (_, i) => `a${i},b${i % 7},c${i}`);
      const text = `x,y,z\n${rows.join("\n")}\n`;
      const open = await finish(openAnyTable(sourceOf(text), "t.csv"));
      let asked = 0;
      const texts: OpenTable["texts"] = (from, to) => {
        asked += Math.min(to, rows.length) - from;
        return open.texts(from, to);
      };
      const parts: (string | Uint8Array<ArrayBuffer>)[] = [];
      await finish(writeAs({ ...open, texts }, format, [], (piece) => void parts.push(piece)));
      expect(asked).toBe(rows.length);
      if (format !== "csv") return;
      expect(await new Blob(parts).text()).toBe(text);
    },
  );

  test("refuses columns of another length", async () => {
    const open = await finish(openAnyTable(sourceOf(TABLE), "t.csv"));
    const short = [{ name: "p", values: Float64Array.of(1) }];
    const writing = finish(writeAs(open, "json", short, () => undefined));
    await expect(writing).rejects.toMatchObject({ code: "shape_mismatch" });
  });

  test("marks CSV that holds more than ASCII, by which spreadsheets know it", async () => {
    expect([...(await written("csv")).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});
