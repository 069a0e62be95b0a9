import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { look } from "../../../src/cli/look";

const file = join(mkdtempSync(join(tmpdir(), "berth-look-")), "t.csv");
writeFileSync(file, "by hand\nid;size\na;1,5\nb;-\nc;2,5\n");

async function told(...args: string[]): Promise<string> {
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await look(args);
  const lines = said.mock.calls.map(([line]) => String(line));
  said.mockRestore();
  return lines.join("\n");
}

test("tells how a table was read, for people and for programs", async () => {
  expect(await told(file)).toContain("3 rows, 2 columns; delimited, utf-8");
  expect(JSON.parse(await told(file, "--json"))).toMatchObject({
    ...{
      format: "delimited",
      encoding: "utf-8",
      delimiter: ";",
      decimal: ",",
      headerRow: 2,
      rows: 3,
    },
    columns: [{ name: "id" }, { name: "size", type: "number", missing: 1, min: 1.5, max: 2.5 }],
    repairs: [{ code: "notes_above", rows: [1], text: "by hand" }],
  });
});

test("reads as it is told, and refuses what it does not understand", async () => {
  const json = await told(
    file,
    "--json",
    "--rows",
    "2-",
    "--type",
    "size=category",
    "--missing",
    "b",
  );
  expect(JSON.parse(json)).toMatchObject({ rows: 2, columns: [{}, { type: "category" }] });
  for (const wrong of [
    ["--encoding", "utf-9"],
    ["--rows", "4-2"],
    ["--delimiter", "ab"],
    ["--header", "one"],
    ["--type", "size"],
  ]) {
    await expect(look([file, ...wrong])).rejects.toMatchObject({ code: "bad_parameter" });
  }
});
