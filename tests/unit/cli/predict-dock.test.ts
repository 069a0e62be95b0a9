import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { getRequestListener } from "@hono/node-server";
import Papa from "papaparse";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { predict } from "../../../src/cli/predict";
import { SearchRequest } from "../../../src/contracts/http/dock-api";
import { StaticIndex, StaticIsland, staticPaths } from "../../../src/contracts/static/static-dock";
import { Describer } from "../../../src/dock/storage/describer";
import { Intake } from "../../../src/dock/intake/intake";
import { FileBlobs } from "../../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../../src/dock/storage/sql/sql-store";
import { renamedHouses } from "../../e2e/renamed-houses";
import { openDock } from "../../fixtures/open-dock";

const STARTER = "public/starter";
const LEARNWARES = 6;
const houses = "public/samples/house-sales.csv";
const folder = mkdtempSync(join(tmpdir(), "berth-predict-dock-"));
const path = (name: string) => join(folder, name);
const zips: string[] = [];
/** What came to the dock: the path, and the body if there was one. */
let asked: { readonly path: string; readonly body: string }[] = [];
let store: SqlStore;
let server: Server;
let url: string;

interface Done {
  readonly island: string;
  readonly features: { readonly found: number; readonly of: number };
  readonly learnwares: readonly { readonly share: number }[];
  readonly sentence: string;
}

/** Run the command; what it told, and what it predicted. */
async function run(args: readonly string[]) {
  const [log, error] = [vi.spyOn(console, "log"), vi.spyOn(console, "error")];
  log.mockImplementation(() => undefined);
  error.mockImplementation(() => undefined);
  try {
    await predict([...args, "--json", "--out", path("out.csv")]);
    const done = JSON.parse(log.mock.calls.flat().join("\n")) as Done;
    return { done, said: error.mock.calls.flat().join("\n"), prices: pricesIn(path("out.csv")) };
  } finally {
    vi.restoreAllMocks();
  }
}

function pricesIn(file: string): number[] {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(file, "utf8"), {
    header: true,
    skipEmptyLines: true,
  });
  return data.map((row) => Number(row["predicted_price_k"]));
}

/** Some of the houses' learnwares of the starter, as files and on a dock that runs. */
beforeAll(async () => {
  const json = (file: string) => JSON.parse(readFileSync(join(STARTER, file), "utf8")) as unknown;
  const index = StaticIndex.parse(json(staticPaths.index));
  const { sha256 } = index.islands.find(({ id }) => id === "house-sales")!;
  const { island, learnwares } = StaticIsland.parse(json(staticPaths.island(sha256)));
  store = await SqlStore.open(await PgliteDatabase.open());
  const blobs = await FileBlobs.open(path("blobs"));
  const describer = await Describer.create();
  const intake = new Intake({ store, blobs, describer, onChange: () => Promise.resolve() });
  await store.putIsland(island);
  for (const { id, package: stored } of learnwares.slice(0, LEARNWARES)) {
    const zip = readFileSync(join(STARTER, staticPaths.package(stored.sha256)));
    await intake.take(id, zip, "upload");
    zips.push(path(`${id}.zip`));
    writeFileSync(zips.at(-1)!, zip);
  }
  writeFileSync(path("island.json"), JSON.stringify(island));
  const dock = await openDock({ store, blobs });
  const answer = async (request: Request) => {
    const { pathname } = new URL(request.url);
    asked.push({ path: pathname, body: await request.clone().text() });
    return dock.fetch(request);
  };
  const listener = getRequestListener(answer);
  server = createServer((request, response) => void listener(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 120_000);

beforeEach(() => {
  asked = [];
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await store.close();
  rmSync(folder, { recursive: true });
});

describe("berth predict --dock with a dock that runs", () => {
  test("sends a specification alone, and predicts as with the same learnwares at hand", async () => {
    const { done, said, prices } = await run([houses, "--dock", url]);
    expect(said).toMatch(/^sent: \d+ made-up points/m);
    const bodies = asked.filter(({ body }) => body !== "");
    expect(bodies.map((one) => one.path)).toEqual(["/api/v1/search"]);
    const request = SearchRequest.parse(JSON.parse(bodies[0]!.body));
    expect(request).toMatchObject({ islandId: "house-sales", requirement: { kind: "reduced" } });
    expect(bodies[0]!.body).not.toContain("Bathrooms");
    expect(asked.filter((one) => one.path.endsWith("/package"))).toHaveLength(LEARNWARES);
    expect(done.features).toEqual({ found: 18, of: 18 });
    expect(done.learnwares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);

    const given = zips.flatMap((zip) => ["--with", zip]);
    const here = await run([houses, ...given, "--island", path("island.json")]);
    expect(prices).toHaveLength(600);
    // Specifications come over the network with fewer digits.
    prices.forEach((price, i) => {
      expect(Math.abs(price / here.prices[i]! - 1), `row ${i}`).toBeLessThan(1e-5);
    });
  }, 60_000);
});

describe("berth predict for a table in other words, without three features", () => {
  const table = path("objects.csv");
  const { text } = renamedHouses();
  writeFileSync(table, text);

  test("names related islands, and takes none unasked", async () => {
    await expect(run([table, "--dock", url])).rejects.toThrow(
      /related, and less certain:\n {2}--island house-sales: 15 of 18 features/,
    );
    expect(asked.map((one) => one.path)).not.toContain("/api/v1/search");
  }, 60_000);

  test("predicts by the one that is named, and says which columns it took for what", async () => {
    const related = await run([table, "--dock", url, "--island", "house-sales"]);
    expect(related.said).toContain(
      '15 of 18 features of "House sales" seem to be among the columns',
    );
    expect(related.said).toContain('"washrooms" as bathrooms');
    expect(related.said).toMatch(/missing.*: sqft_above, sqft_living15, sqft_lot15$/m);
    expect(related.done.features).toEqual({ found: 15, of: 18 });
    const whole = await run([houses, "--dock", url]);
    const off = related.prices.map((price, i) => Math.abs(Math.log(price / whole.prices[i]!)));
    off.sort((a, b) => a - b);
    // Most of the table is there, so most prices come out much the same.
    expect(off[300]).toBeLessThan(0.1);
  }, 60_000);

  test("fills in what is missing by networks where that is asked for", async () => {
    const given = [table, "--dock", url, "--island", "house-sales"];
    const lines = await run(given);
    const network = await run([...given, "--fill", "network"]);
    const off = network.prices.map((price, i) => Math.abs(Math.log(price / lines.prices[i]!)));
    off.sort((a, b) => a - b);
    expect(off[300]).toBeGreaterThan(0);
    expect(off[300]).toBeLessThan(0.1);
    await expect(run([...given, "--fill", "guesses"])).rejects.toThrow(
      /--fill is lines or network/,
    );
  }, 60_000);

  test("does not write down what it cannot", async () => {
    const args = [table, "--dock", url, "--island", "house-sales", "--export", path("built")];
    await expect(run(args)).rejects.toMatchObject({
      code: "not_exportable",
      details: { reason: "lacking_features" },
    });
  }, 60_000);
});
