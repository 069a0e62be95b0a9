import { tableSpace } from "../../../src/engine/kinds/space";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { getRequestListener } from "@hono/node-server";
import Papa from "papaparse";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { FindStep } from "../../../src/app/screens/predict/find/find.svelte";
import { HttpDock } from "../../../src/client/dock/http-dock";
import { PlainSearcher } from "../../../src/client/dock/sketch-search";
import { readTableFile } from "../../../src/cli/read-table-file";
import { finish } from "../../../src/engine/ground/finish";
import type { IslandMatch } from "../../../src/engine/kinds/table/match/match";
import { rankIslands } from "../../../src/engine/kinds/table/match/related";
import { encodeRows } from "../../../src/engine/kinds/table/space/encode";
import { WasmCompute } from "../../../src/runtime/compute/wasm/wasm-compute";
import { noFilter } from "../../../src/workflows/find/filter";
import type { Finding } from "../../../src/workflows/find/find";
import { rowDescriber } from "../../../src/workflows/find/describe/row-describer";
import type { Verdict } from "../../../src/workflows/find/verdict";
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
import { secretOf } from "../../fixtures/secret";

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
  readonly learnwares: readonly { readonly id: string; readonly share: number }[];
  readonly verdict: Verdict;
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
    const prices = existsSync(path("out.csv")) ? pricesIn(path("out.csv")) : [];
    return { done, said: error.mock.calls.flat().join("\n"), prices };
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
  const describer = await Describer.create(blobs);
  const intake = new Intake({ store, blobs, describer, onChange: () => Promise.resolve() });
  const { book } = island.space;
  await blobs.put(readFileSync(join(STARTER, staticPaths.book(book!.sha256))));
  await store.putSpace(island.space);
  for (const { id, package: stored } of learnwares.slice(0, LEARNWARES)) {
    const zip = readFileSync(join(STARTER, staticPaths.package(stored.sha256)));
    await intake.take(id, zip, "upload");
    zips.push(path(`${id}.zip`));
    writeFileSync(zips.at(-1)!, zip);
  }
  writeFileSync(path("island.json"), JSON.stringify(island.space));
  const dock = await openDock({ store, blobs });
  const answer = async (request: Request) => {
    const { pathname } = new URL(request.url);
    asked.push({ path: pathname, body: await request.clone().text() });
    return dock.fetch(request);
  };
  const listener = getRequestListener(answer);
  server = createServer((request, response) => void listener(request, response));
  // Between two requests the table is described, in this thread.
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

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
    expect(said).toMatch(/^sent: 256 weights on public points/m);
    const bodies = asked.filter(({ body }) => body !== "");
    expect(bodies.map((one) => one.path)).toEqual(["/api/v1/search"]);
    const request = SearchRequest.parse(JSON.parse(bodies[0]!.body));
    expect(request).toMatchObject({ islandId: "house-sales", requirement: { form: "weights" } });
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
  });
});

/** The same house sales, from a country of palaces. */
function writePalaces(file: string): void {
  const { data, meta } = Papa.parse<Record<string, string>>(readFileSync(houses, "utf8"), {
    header: true,
    skipEmptyLines: true,
  });
  const grown = data.map((row) =>
    Object.fromEntries(
      meta.fields!.map((name) => {
        const value = Number(row[name]);
        return [name, Number.isNaN(value) || value === 0 ? row[name] : value * 40];
      }),
    ),
  );
  writeFileSync(file, Papa.unparse(grown));
}

/** What the page finds for a file at the dock. */
async function findOnPage(file: string): Promise<Finding> {
  const { table, profile } = await readTableFile(file);
  const dock = new HttpDock(url);
  const describer = rowDescriber({
    compute: await WasmCompute.create(),
    scaledRows: async (island, matches) =>
      encodeRows(table, tableSpace(island), matches, { scaled: true }),
    secret: () => secretOf(1),
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    now: () => performance.now(),
  });
  let finding: Finding | null = null;
  const step = new FindStep({
    spec: {
      describe: (island, matches, book) => finish(describer.describe(island, matches, book)),
      sketch: (...query) => finish(describer.sketch(query[0], query[1], query[2], query[3])),
      rank: (candidates) => finish(describer.rank(candidates)),
    },
    dock,
    data: { embed: async () => null },
    searcher: new PlainSearcher(),
    budget: { spend: () => Promise.resolve() },
    refresh: (id) => dock.island(id),
    onChange: (found) => (finding = found),
    onSend: () => undefined,
  });
  const island = await dock.island("house-sales");
  const [{ matches }] = rankIslands([tableSpace(island.space)], profile.columns) as [IslandMatch];
  const privacy = { level: "reduced", epsilon: 1 } as const;
  await step.find({ island, matches, target: null, filter: noFilter, privacy }, false);
  return finding!;
}

describe("berth predict says that nothing fits where the page does", () => {
  const palaces = path("palaces.csv");
  writePalaces(palaces);
  const island = ["--island", "house-sales"];

  test("both find something for houses", async () => {
    const { done } = await run([houses, "--dock", url, ...island]);
    const { verdict, offers } = await findOnPage(houses);
    expect(verdict.code).toBe("fits");
    expect(done.verdict).toEqual(verdict);
    const members = offers[0]!.members.map(({ card }) => card.id).sort();
    expect(done.learnwares.map(({ id }) => id).sort()).toEqual(members);
  });

  test("both find nothing for palaces, and the command predicts only if told to", async () => {
    rmSync(path("out.csv"), { force: true });
    const { done, said } = await run([palaces, "--dock", url, ...island]);
    const { verdict } = await findOnPage(palaces);
    expect(verdict.code).toBe("nothing_fits");
    expect(done.verdict).toEqual(verdict);
    expect(said).toMatch(/nothing fits: the nearest is [\d.]+ % similar/);
    expect(process.exitCode).toBe(1);
    process.exitCode = undefined;
    expect(existsSync(path("out.csv"))).toBe(false);
    const anyway = await run([palaces, "--dock", url, ...island, "--anyway"]);
    expect(anyway.done.verdict).toEqual(verdict);
    expect(anyway.prices).toHaveLength(600);
  });
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
  });

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
  });

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
  });

  test("does not write down what it cannot", async () => {
    const args = [table, "--dock", url, "--island", "house-sales", "--export", path("built")];
    await expect(run(args)).rejects.toMatchObject({
      code: "not_exportable",
      details: { reason: "lacking_features" },
    });
  });
});
