import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import {
  IslandSketches,
  SearchResponse,
  WireSpecification,
  WireSpecifications,
} from "../../src/contracts/http/dock-api";
import { encodeFloats, toWire } from "../../src/contracts/wire/wire-rkme";
import { sketchesFromWire } from "../../src/contracts/wire/wire-sketch";
import type { createDock } from "../../src/dock/dock";
import type { BlobInfo, BlobStore } from "../../src/dock/storage/blobs/blob-store";
import { encodeCursor } from "../../src/dock/features/search/cursor";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { sketchOf } from "../../src/engine/specification/kernel/random-features";
import { islandFeatures } from "../../src/engine/search/sketches/island-features";
import { scanSketches } from "../../src/engine/search/sketches/sketch-scan";
import {
  cardOf,
  entryOf,
  island,
  rkmeAround,
  specificationOf,
  spaceName,
  summaryOf,
} from "../fixtures/learnwares";
import { openDock } from "../fixtures/open-dock";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

const zip = new TextEncoder().encode("a zip");
const logged: unknown[] = [];
const log = {
  info: (line: unknown) => void logged.push(line),
  error: (line: unknown) => void logged.push(line),
};

let store: SqlStore;
let blobs: FileBlobs;
let blob: BlobInfo;
let dock: ReturnType<typeof createDock>;

beforeAll(async () => {
  store = await SqlStore.open(await PgliteDatabase.open());
  blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-dock-")));
  blob = await blobs.put(zip);
  await store.putSpace(island);
  for (const [id, x] of [
    ["near", 1],
    ["far", 4],
  ] as const) {
    const card = cardOf(id, blob.sha256, blob.sizeBytes);
    await store.put(entryOf(id, rkmeAround(x, 0), card));
  }
  dock = await openDock({ store, blobs, log });
});
afterAll(async () => store.close());
beforeEach(() => void logged.splice(0));

const get = (path: string, headers: Record<string, string> = {}) =>
  dock.request(`/api/v1${path}`, { headers });
const json = async (path: string): Promise<unknown> => (await get(path)).json();
const specification = toWire(rkmeAround(1, 0));
const reduced = (change: Partial<typeof specification> = {}) => ({
  requirement: {
    form: "reduced",
    space: spaceName,
    specification: { ...specification, ...change },
  },
});
const inSpace = (change: Partial<typeof spaceName>) => ({
  requirement: { ...reduced().requirement, space: { ...spaceName, ...change } },
});
const request = { islandId: island.id, ...reduced() };
const userRkme = rkmeAround(1, 0);
const userSketch = sketchOf(userRkme.points, userRkme.weights, islandFeatures(island, 2));
const privacy = { epsilon: 1, delta: 1e-5, rowCount: 1000 };
const sketchRequest = {
  islandId: island.id,
  requirement: { form: "sketch", space: spaceName, sketch: encodeFloats("sketch", userSketch) },
};
const ranked = {
  ...{
    number: "1",
    version: 1,
    coveredBy: null,
    mmd2: 0,
    similarity: 1,
    coverage: null,
    score: null,
  },
};
const search = (body: unknown) =>
  dock.request("/api/v1/search", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

describe("GET /islands", () => {
  test("lists the islands with what is on them", async () => {
    const summary = summaryOf(island, { learnwareCount: 2, targets: ["price"] });
    expect(await json("/islands")).toEqual({ islands: [summary] });
    expect(await json("/islands/houses")).toEqual(summary);
  });

  test("says that an unknown island is not found", async () => {
    const answer = await get("/islands/none");
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not_found" });
  });
});

describe("GET /islands/{id}/sketches", () => {
  test("gives every sketch, from which a client finds what the dock finds", async () => {
    const answer = await get("/islands/houses/sketches");
    const sketches = IslandSketches.parse(await answer.json());
    expect(sketches.entries.map(({ id, task, target }) => [id, task, target])).toEqual([
      ["near", "regression", "price"],
      ["far", "regression", "price"],
    ]);
    const [near] = scanSketches(sketchesFromWire(sketches), userSketch, 1);
    expect(sketches.entries[near!.index]).toMatchObject({ id: "near", target: "price" });
    const { singles } = SearchResponse.parse(await (await search(sketchRequest)).json());
    expect(near?.squaredDistance).toBeCloseTo(singles[0]!.mmd2!, 4);
    expect(near?.similarity).toBeCloseTo(singles[0]!.similarity!, 2);
  });

  test("gives nothing to a client that has them, and an empty list when there are none", async () => {
    const tag = (await get("/islands/houses/sketches")).headers.get("ETag") ?? "";
    const again = await get("/islands/houses/sketches", { "If-None-Match": tag });
    expect(again.status).toBe(304);
    await store.putSpace({ ...island, id: "empty" });
    expect(await json("/islands/empty/sketches")).toMatchObject({ entries: [], data: "" });
    await store.removeEmptyIsland("empty");
    expect((await get("/islands/none/sketches")).status).toBe(404);
  });
});

describe("GET /learnwares", () => {
  test("lists one page by id, and how many there are", async () => {
    expect(await json("/learnwares?limit=1&offset=1&islandId=houses&task=regression")).toEqual({
      learnwares: [cardOf("near", blob.sha256, blob.sizeBytes)],
      total: 2,
    });
    expect(await json("/learnwares?task=classification")).toEqual({ learnwares: [], total: 0 });
  });

  test.each(["limit=0", "limit=201", "limit=x", "offset=-1", "task=poetry"])(
    "refuses %s and names the field, not the value",
    async (query) => {
      const answer = await get(`/learnwares?${query}`);
      const [field = "", value = ""] = query.split("=");
      expect(answer.status).toBe(400);
      const { code, message } = (await answer.json()) as { code: string; message: string };
      expect(code).toBe("bad_input");
      expect(message).toContain(field);
      if (field === "task") expect(message).not.toContain(value);
    },
  );

  test("gives a card and a specification that may be kept for good", async () => {
    expect(await json("/learnwares/near")).toEqual(cardOf("near", blob.sha256, blob.sizeBytes));
    const path = "/learnwares/near/specification";
    expect((await get(path)).headers.get("Cache-Control")).toBe("no-cache");
    expect((await get(`${path}?sha256=${blob.sha256}&island=9`)).status).toBe(404);
    const answer = await get(`${path}?sha256=${blob.sha256}&island=1`);
    expect(answer.headers.get("Cache-Control")).toContain("immutable");
    expect(WireSpecification.parse(await answer.json())).toEqual(
      specificationOf("near", rkmeAround(1, 0)),
    );
  });

  test("gives several specifications at once, and leaves out what is gone or another version", async () => {
    const ask = (of: string) => get(`/specifications?space=1&of=${of}`);
    const answer = await ask(`near:${blob.sha256},far:${blob.sha256}`);
    expect(answer.headers.get("Cache-Control")).toContain("immutable");
    const { specifications } = WireSpecifications.parse(await answer.json());
    expect(specifications).toEqual([
      specificationOf("far", rkmeAround(4, 0)),
      specificationOf("near", rkmeAround(1, 0)),
    ]);
    const other = await ask(`far:${"1".repeat(64)},near:${blob.sha256},none:${blob.sha256}`);
    expect(other.headers.get("Cache-Control")).toBe("no-cache");
    const rest = WireSpecifications.parse(await other.json()).specifications;
    expect(rest.map(({ id }) => id)).toEqual(["near"]);
    const tooMany = Array.from({ length: 51 }, (_, i) => `x${i}:${blob.sha256}`).join();
    for (const bad of [tooMany, "near", "near:12", `%00:${blob.sha256}`, ""]) {
      expect((await ask(bad)).status).toBe(400);
    }
  });

  test("gives the zip, named by its hash, and nothing to a client that has it", async () => {
    expect((await get("/learnwares/near/package")).headers.get("Cache-Control")).toBe("no-cache");
    const answer = await get(`/learnwares/near/package?sha256=${blob.sha256}`);
    expect(answer.headers.get("ETag")).toBe(`"${blob.sha256}"`);
    expect(answer.headers.get("Content-Type")).toBe("application/zip");
    expect(answer.headers.get("Content-Length")).toBe(String(zip.length));
    expect(answer.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(zip);

    const again = await get("/learnwares/near/package", { "If-None-Match": `"${blob.sha256}"` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
  });

  test("has no package of another version under the hash that a client asks for", async () => {
    expect((await get(`/learnwares/near/package?sha256=${blob.sha256}`)).status).toBe(200);
    expect((await get(`/learnwares/near/package?sha256=${"1".repeat(64)}`)).status).toBe(404);
  });

  test.each(["/learnwares/none", "/learnwares/none/specification", "/learnwares/none/package"])(
    "answers 404 to %s",
    async (path) => expect((await get(path)).status).toBe(404),
  );
});

describe("POST /search", () => {
  test("answers the learnwares by ascending distance", async () => {
    const answer = await search(request);
    expect(answer.status).toBe(200);
    const { singles, mixture } = SearchResponse.parse(await answer.json());
    expect(singles.map(({ learnware }) => learnware.id)).toEqual(["near", "far"]);
    expect(singles[0]?.mmd2).toBeCloseTo(0, 6);
    expect(mixture).toBeNull();
  });

  test.each([
    ["an island nobody knows", { islandId: "none" }, 404, "not_found"],
    ["another version of the space", inSpace({ version: 2 }), 409, "stale_island"],
    ["a requirement of another space", inSpace({ id: "flats" }), 400, "bad_input"],
    ["another gamma", reduced({ kernel: gaussianKernel(0.1) }), 400, "bad_input"],
    ["a field that is not in the contract", { rows: [[1, 2]] }, 400, "bad_input"],
    ["a requirement for no island", { islandId: undefined }, 400, "bad_input"],
    ["a shape that is not the data's", reduced({ rows: 3 }), 400, "bad_input"],
    ["more columns than the island", reduced({ cols: 4, rows: 10 }), 400, "bad_input"],
  ])("refuses %s", async (_, change, status, code) => {
    const answer = await search({ ...request, ...change });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  test.each([
    ["a sketch", sketchRequest],
    [
      "a private sketch",
      {
        ...sketchRequest,
        requirement: { ...sketchRequest.requirement, form: "private", ...privacy },
      },
    ],
  ])("answers the learnwares nearest to %s", async (_, body) => {
    const { singles, mixture } = SearchResponse.parse(await (await search(body)).json());
    expect(singles.map(({ learnware, coverage }) => [learnware.id, coverage])).toEqual([
      ["near", null],
      ["far", null],
    ]);
    expect(singles[0]?.mmd2).toBeCloseTo(0, 9);
    expect(singles[0]?.similarity).toBeCloseTo(1, 6);
    expect(mixture).toBeNull();
    const limited = await search({ ...body, limit: 1, task: "classification" });
    expect(await limited.json()).toMatchObject({ singles: [] });
  });

  test.each([
    ["a form that is not in the contract", { form: "rows" }],
    ["a shorter sketch", { sketch: "AACAPw==" }],
    ["a budget for a sketch without noise", privacy],
    ["points beside a sketch", { specification }],
    ["a private sketch of unknown worth", { form: "private" }],
    ["no privacy at all in a private sketch", { form: "private", ...privacy, epsilon: 0 }],
    [
      "numbers that are none",
      { sketch: encodeFloats("", new Float32Array(512)).replace(/^.{8}/, "AADAfwAA") },
    ],
  ])("refuses %s", async (_, change) => {
    const answer = await search({
      ...sketchRequest,
      requirement: { ...sketchRequest.requirement, ...change },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "bad_input" });
  });

  const NUL = String.fromCharCode(0);
  const floats = (count: number, number: number) =>
    Buffer.from(new Float32Array(count).fill(number).buffer).toString("base64");
  test.each([
    ["NUL in a text", { filter: { text: `a${NUL}b` } }],
    ["NUL in a tag", { filter: { tags: { Task: [NUL] } } }],
    ["half of a pair of surrogates", { filter: { text: "\ud800" } }],
    ["NUL in a target", { filter: { target: NUL } }],
    ["NUL in an island", { islandId: NUL, requirement: undefined }],
    ["NUL in a list of islands", { islandIds: [NUL], requirement: undefined }],
    ["a version beyond 31 bits", inSpace({ version: 2 ** 31 })],
    ["weights that overflow", reduced({ weights: floats(20, 3e38) })],
    ["weights that underflow", reduced({ weights: floats(20, -3e38) })],
    ["points that overflow", reduced({ points: floats(40, 3e38) })],
    [
      "names of columns of 100,000 letters",
      { featureNames: Array(500).fill("x".repeat(200)), requirement: undefined },
    ],
  ])("refuses %s, and says which field", async (_, change) => {
    const answer = await search({ ...request, ...change });
    expect(answer.status).toBe(400);
    const { code, message } = (await answer.json()) as { code: string; message: string };
    expect(code).toBe("bad_input");
    expect(message).toMatch(/text|Task|target|islandId|version|weights|points|featureNames/);
  });

  test.each([
    { kind: "ranked", left: [{ ...ranked, version: 2 ** 31 }] },
    { kind: "ranked", left: [{ ...ranked, number: "9".repeat(19) }] },
    { kind: "matched", query: { filter: { text: NUL } }, after: { rank: 0, id: "near" } },
    { kind: "matched", query: { filter: {}, islandIds: [NUL] }, after: { rank: 0, id: "near" } },
  ])("refuses a cursor that it never gave: %j", async (state) => {
    const answer = await dock.request("/api/v1/search/next", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ cursor: encodeCursor(state) }),
    });
    expect(answer.status).toBe(400);
  });

  test.each([
    "/islands/%00",
    "/islands/%00/sketches",
    "/learnwares/%00",
    "/learnwares?islandId=%00",
    "/learnwares/near/specification?island=2147483648",
    "/learnwares/near/package?sha256=%00",
  ])("answers 400 to %s", async (path) => expect((await get(path)).status).toBe(400));

  test("never repeats what was sent, neither in the answer nor in the log", async () => {
    const canary = "canary-4711";
    for (const body of [
      `{"${canary}": `,
      { ...request, [canary]: 1 },
      { ...request, task: canary },
      { ...request, ...reduced({ points: canary }) },
      { ...request, islandId: canary },
    ]) {
      const answer = await search(body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toContain(canary);
    }
    await get(`/learnwares?islandId=${canary}`, { "User-Agent": canary });
    expect(JSON.stringify(logged)).not.toContain(canary);
  });

  test("refuses more than 2 MiB", async () => {
    const points = "A".repeat(3 * 1024 * 1024);
    const answer = await search({ ...request, ...reduced({ points }) });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: "too_large" });
  });
});

describe("pages of other origins", () => {
  interface Asked {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }
  const ask = async (pages: readonly string[], path: string, init: Asked = {}) => {
    const asked = await openDock({ store, blobs, log, pages });
    const headers = { Origin: "https://page.example", ...init.headers };
    return asked.request(`/api/v1${path}`, { ...init, headers });
  };
  const allowed = (answer: Response) => answer.headers.get("Access-Control-Allow-Origin");

  test("may not read what the dock answers, unless its operator names them", async () => {
    expect(allowed(await ask([], "/healthz"))).toBeNull();
    expect(allowed(await ask(["https://other.example"], "/healthz"))).toBeNull();
    expect(allowed(await ask(["https://page.example"], "/healthz"))).toBe("https://page.example");
    expect(allowed(await ask(["*"], "/islands"))).toBe("*");
  });

  test("may ask before they post", async () => {
    const preflight = await ask(["https://page.example"], "/search", {
      method: "OPTIONS",
      headers: {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
      },
    });
    expect(preflight.status).toBe(204);
    expect(allowed(preflight)).toBe("https://page.example");
    expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe("Content-Type");
    expect(preflight.headers.get("Access-Control-Allow-Credentials")).toBeNull();
  });
});

describe("the dock", () => {
  test("says that it is well", async () => {
    expect(await json("/healthz")).toEqual({ status: "ok", islands: 1 });
    const named = await openDock({ store, blobs, log, name: "Ours" });
    const answer = await named.request("/api/v1/healthz");
    expect(await answer.json()).toEqual({ status: "ok", islands: 1, name: "Ours" });
  });

  test("says whether its database and the place of its zips answer now", async () => {
    expect(await json("/readyz")).toEqual({ database: true, blobs: true });
    const has = () => Promise.reject(new Error("the disk is gone"));
    const gone: BlobStore = new Proxy(blobs, {
      get: (target, name) => (name === "has" ? has : (Reflect.get(target, name) as unknown)),
    });
    const broken = await openDock({ store, blobs: gone });
    const answer = await broken.request("/api/v1/readyz");
    expect([answer.status, await answer.json()]).toEqual([503, { database: true, blobs: false }]);
  });

  test("logs the route's template, status and time of a request, and nothing else", async () => {
    await get("/learnwares/near?secret=1", { "User-Agent": "someone" });
    expect(logged).toEqual([
      {
        method: "GET",
        path: "/api/v1/learnwares/:id",
        status: 200,
        milliseconds: expect.any(Number) as number,
      },
    ]);
  });

  test("describes every route", async () => {
    const { paths } = (await json("/openapi.json")) as { paths: Record<string, object> };
    expect(Object.keys(paths).sort()).toEqual([
      "/books/{sha256}",
      "/chart",
      "/healthz",
      "/islands",
      "/islands/{id}",
      "/islands/{id}/sketches",
      "/islands/{id}/versions",
      "/learnwares",
      "/learnwares/{id}",
      "/learnwares/{id}/package",
      "/learnwares/{id}/specification",
      "/readyz",
      "/search",
      "/search/next",
      "/specifications",
    ]);
  });

  test("answers 404 as data to an address that is none", async () => {
    for (const path of ["/api/v1/none", "/api/v2/islands", "/none"]) {
      const answer = await dock.request(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: "not_found" });
    }
  });

  test("hides what went wrong inside, and logs where without what", async () => {
    const nearest = () => Promise.reject(new Error("the secret of the house"));
    const failing = new Proxy(store, {
      get: (whole, name: keyof SqlStore) =>
        name === "nearest" ? nearest : (whole[name] as () => unknown).bind(whole),
    });
    const broken = await openDock({ store: failing, blobs, log });
    const answer = await broken.request("/api/v1/search", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ code: "internal", message: "the dock failed" });
    expect(JSON.stringify(logged)).toContain("dock.test.ts");
    expect(JSON.stringify(logged)).not.toContain("secret");
  });
});
