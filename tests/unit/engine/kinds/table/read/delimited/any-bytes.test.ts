import fc from "fast-check";
import { expect, test } from "vitest";

import { EngineError } from "../../../../../../../src/engine/ground/errors";
import type { Table } from "../../../../../../../src/engine/kinds/table/columns/column";
import { readTable } from "../../../../../../../src/engine/kinds/table/read/delimited/read-table";
import { finish } from "../../../../../../../src/engine/ground/finish";
import { inPieces, read } from "../../../../../../fixtures/table/read-text";

async function outcome(content: string | Uint8Array): Promise<"read" | "refused"> {
  try {
    const { profile, table } = await read(content);
    for (const { numbers, codes } of table.columns) {
      expect(numbers?.length ?? profile.rows).toBe(profile.rows);
      expect(codes?.length ?? profile.rows).toBe(profile.rows);
    }
    return "read";
  } catch (error) {
    if (error instanceof EngineError) return "refused";
    throw error;
  }
}

test("any bytes are read or refused by a code", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      expect(["read", "refused"]).toContain(await outcome(bytes));
    }),
    { numRuns: 300 },
  );
});

test("any text is read or refused by a code", async () => {
  const characters = fc.constantFrom(
    '"',
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    " ",
    "0",
    "1",
    ".",
    "-",
    "e",
    "/",
    "é",
    "中",
    "\ufeff",
  );
  const text = fc.oneof(
    fc.string({ unit: characters, maxLength: 80 }),
    fc.string({ unit: "binary" }),
  );
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      expect(["read", "refused"]).toContain(await outcome(content));
    }),
    { numRuns: 1000 },
  );
});

function contentOf({ rows, columns }: Table) {
  const content = columns.map(({ name, type, numbers, codes, categories }) => {
    return { name, type, numbers, codes, categories };
  });
  return { rows, columns: content };
}

test("a table comes out the same however its bytes arrive", async () => {
  const cell = fc.oneof(
    fc.constantFrom("a", "1", "é", "中文", '"x\n1"', ""),
    fc.double().map(String),
  );
  const grid = fc.array(fc.tuple(cell, cell, cell), { minLength: 2, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(grid, fc.integer({ min: 1, max: 30 }), async (rows, size) => {
      const text = `one,two,three\n${rows.map((row) => row.join(",")).join("\n")}`;
      const whole = await read(text);
      const pieces = await finish(readTable(inPieces(text, size)));
      expect(contentOf(pieces.table)).toEqual(contentOf(whole.table));
      expect(pieces.profile).toEqual(whole.profile);
    }),
  );
});

test("random bytes are refused as binary", async () => {
  const bytes = Uint8Array.from(
    { length: 20_000 },
    (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 0xff,
  );
  await expect(read(bytes)).rejects.toMatchObject({ code: "binary_file" });
});

test("wide tables are read in reasonable memory and time", async () => {
  const names = Array.from({ length: 10_000 }, (_, j) => `c${j}`).join(",");
  const row = Array.from({ length: 10_000 }, (_, j) => `${j}.5`).join(",");
  const { profile } = await read(`${names}\n${`${row}\n`.repeat(30)}`);
  expect([profile.rows, profile.columns.length]).toEqual([30, 10_000]);
});
