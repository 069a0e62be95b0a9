import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { exportStatic } from "../../../src/dock/mirror/static-export";
import { bookDock } from "../../fixtures/book-dock";
import { serveDock } from "../../fixtures/serve-dock";

const folder = mkdtempSync(join(tmpdir(), "berth-predict-book-"));
const sample = join(import.meta.dirname, "../../../public/samples/house-sales.csv");
const files = join(folder, "dock");
let url = "";
let close = (): unknown => undefined;

beforeAll(async () => {
  const dock = await bookDock(12);
  const { store, blobs } = dock;
  await exportStatic({ store, blobs }, files);
  const served = await serveDock({ store, blobs });
  url = served.url;
  close = () => {
    served.close();
    return dock.close();
  };
});
afterAll(() => close());

const said: string[] = [];
vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
vi.spyOn(console, "log").mockImplementation(() => undefined);
afterEach(() => said.splice(0));
afterAll(() => vi.restoreAllMocks());

describe("berth predict on an island with a book", () => {
  test.each([
    [
      "a dock that runs",
      () => url,
      /^sent: 256 weights on public points, 9\d\d bytes; never a row$/,
    ],
    ["a dock of plain files", () => files, null],
  ])("predicts by %s", async (name, place, sent) => {
    const out = join(folder, `${name}.csv`);
    await predict([sample, "--dock", place(), "--anyway", "--out", out]);
    const { data } = Papa.parse<string[]>(readFileSync(out, "utf8"), { skipEmptyLines: true });
    expect(data).toHaveLength(601);
    const tells = said.filter((line) => line.startsWith("sent:"));
    if (sent) expect(tells).toEqual([expect.stringMatching(sent)]);
    else expect(tells).toEqual([]);
  });
});
