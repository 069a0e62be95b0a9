import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { WireFailure } from "../../src/contracts/http/dock-api";
import { usualLimits } from "../../src/dock/http/dock-limits";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { exchange } from "../attacks/raw-http";
import { entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { serveDock } from "../fixtures/serve-dock";

let store: SqlStore;
let blobs: FileBlobs;
const closing: (() => void)[] = [];

beforeAll(async () => {
  store = await SqlStore.open(await PgliteDatabase.open());
  blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-server-")));
  await store.putSpace(island);
  await store.put(entryOf("near", rkmeAround(1, 0)));
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
afterAll(async () => store.close());

type Change = Partial<typeof usualLimits>;

/** A dock whose cards come when `open` is called, and not before. */
async function slowDock(change: Change, sockets?: number) {
  const gate = new EventTarget();
  const opened = once(gate, "open");
  const find = async (id: string) => opened.then(() => store.find(id));
  const slow = new Proxy(store, {
    get: (whole, name: keyof SqlStore) =>
      name === "find" ? find : (whole[name] as () => unknown).bind(whole),
  });
  const limits = { ...usualLimits, ...change };
  const served = await serveDock({ store: slow, blobs, limits }, sockets);
  closing.push(() => served.close());
  const open = () => void gate.dispatchEvent(new Event("open"));
  return { url: served.url, open, sockets: () => served.sockets() };
}

async function dock(change: Change = {}, sockets?: number): Promise<string> {
  const served = await serveDock({ store, blobs, limits: { ...usualLimits, ...change } }, sockets);
  closing.push(() => served.close());
  return served.url;
}

const card = (url: string, init?: RequestInit) => fetch(`${url}/api/v1/learnwares/near`, init);
const failureOf = async (answer: Response) => WireFailure.parse(await answer.json());

describe("every method and every body", () => {
  const inChunks = (text: string) =>
    new ReadableStream({
      start(controller) {
        const bytes = new TextEncoder().encode(text);
        const step = Math.ceil(bytes.length / 50);
        for (let at = 0; at < bytes.length; at += step) {
          controller.enqueue(bytes.subarray(at, at + step));
        }
        controller.close();
      },
    });

  test("gets an answer of its own when it comes in chunks", async () => {
    const url = await dock();
    const headers = { "Content-Type": "application/json" };
    const ask = (path: string, method: string, body: string) =>
      fetch(`${url}/api/v1${path}`, {
        method,
        headers,
        body: inChunks(body),
        duplex: "half",
      } as RequestInit);
    expect((await ask("/search", "POST", "{}")).status).toBe(200);
    expect((await ask("/search", "POST", "{")).status).toBe(400);
    expect((await ask("/islands", "DELETE", "{}")).status).toBe(405);
    expect((await ask("/search", "POST", `"${"a".repeat(3 << 10)}"`.padEnd(3 << 20))).status).toBe(
      413,
    );
  });

  test.each([
    ["PUT", "/api/v1/search", 405],
    ["DELETE", "/api/v1/learnwares/near", 405],
    ["PATCH", "/healthz", 405],
    ["PUT", "/api/v1/openapi.json", 405],
    ["OPTIONS", "/api/v1/islands", 200],
    ["OPTIONS", "/nowhere", 404],
    ["DELETE", "/api/v1/nowhere", 404],
    ["POST", "/api/v1/islands", 405],
    ["POST", "/api/v1/search", 200],
  ])("%s %s is answered with %i", async (method, path, status) => {
    const answer = await fetch((await dock()) + path, { method });
    expect(answer.status).toBe(status);
    if (status !== 404 && path !== "/api/v1/search")
      expect(answer.headers.get("Allow")).toContain("GET");
  });

  test("refuses a body that is too long, and answers what follows on the same connection", async () => {
    const url = await dock();
    const long = Buffer.from(`"${"GET / HTTP/1.1\r\n\r\n".repeat(200_000)}"`);
    const head = ["POST /api/v1/search HTTP/1.1", "Host: x", "Content-Type: application/json"];
    const chunks = [
      Buffer.from([...head, `Content-Length: ${long.length}`, "", ""].join("\r\n")),
      long,
      Buffer.from("GET /api/v1/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    ];
    const input = { chunks, gapMs: 0, ending: "wait" } as const;
    const { answers } = await exchange(url, input, ["POST", "GET"], 20_000);
    expect(answers.map(({ status }) => status)).toEqual([413, 200]);
  });

  test("refuses a body by the length it announces, without waiting for it", async () => {
    const head = ["POST /api/v1/search HTTP/1.1", "Host: x", "Content-Length: 3000000", "", ""];
    const input = { chunks: [Buffer.from(head.join("\r\n"))], gapMs: 0, ending: "wait" } as const;
    const { answers } = await exchange(await dock(), input, ["POST"], 2000);
    expect(answers[0]?.status).toBe(413);
  });

  test("reads a body past a byte order mark, and no packed one", async () => {
    const url = `${await dock()}/api/v1/search`;
    const ask = (headers: Record<string, string>) =>
      fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers },
        body: Buffer.from("\ufeff{}"),
      });
    expect((await ask({})).status).toBe(200);
    const packed = await ask({ "Content-Encoding": "gzip" });
    expect(packed.status).toBe(415);
    expect((await failureOf(packed)).message).toContain("Content-Encoding");
  });

  test.each([
    ["GET /healthz HTTP/1.0", 200],
    ["GET /healthz HTTP/1.1", 400],
  ])("answers %s without a Host with %i, and a body", async (line, status) => {
    const input = { chunks: [Buffer.from(`${line}\r\n\r\n`)], gapMs: 0, ending: "wait" } as const;
    const { answers } = await exchange(await dock(), input, ["GET"], 20_000);
    expect(answers[0]?.status).toBe(status);
    expect(answers[0]?.body).toMatch(/^\{/);
  });

  test("says what is wrong with what is no HTTP", async () => {
    const input = {
      chunks: [Buffer.from("BREW /tea\r\n\r\n")],
      gapMs: 0,
      ending: "close",
    } as const;
    const { answers } = await exchange(await dock(), input, ["GET"], 20_000);
    expect(answers[0]?.status).toBe(400);
    expect(WireFailure.parse(JSON.parse(answers[0]!.body)).code).toBe("bad_input");
  });
});

describe("a dock with too much to do", () => {
  test("lets some wait, tells the others when to come again, and says how it is", async () => {
    const { url, open } = await slowDock({ running: 2, waiting: 10 });
    const asked = Array.from({ length: 40 }, () => card(url));
    const refused: Response[] = [];
    for (const asking of asked)
      void asking.then((answer) => answer.status === 503 && refused.push(answer));
    await expect.poll(() => refused.length).toBe(28);
    expect(refused[0]!.headers.get("Retry-After")).toBe("2");
    expect(await failureOf(refused[0]!)).toMatchObject({ code: "dock_busy" });
    for (const path of ["/healthz", "/api/v1/healthz"]) {
      expect(await (await fetch(url + path)).json()).toEqual({ status: "ok", islands: 1 });
    }
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^berth_requests_waiting 10$/m);
    open();
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(12);
  });

  test("forgets those who hang up while they wait", async () => {
    const { url, open } = await slowDock({ running: 1, waiting: 10 });
    const leaving = new AbortController();
    const first = card(url);
    const others = Array.from({ length: 5 }, () =>
      card(url, { signal: leaving.signal }).catch(() => null),
    );
    const waiting = async () =>
      /^berth_requests_waiting (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1];
    await expect.poll(waiting).toBe("5");
    leaving.abort();
    await Promise.all(others);
    await expect.poll(waiting).toBe("0");
    open();
    expect((await first).status).toBe(200);
  });

  test("answers a request that takes too long with when to ask again", async () => {
    const { url, open } = await slowDock({ seconds: 0.2 });
    const answer = await card(url);
    open();
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "10"]);
    expect(await failureOf(answer)).toMatchObject({ code: "timed_out" });
  });

  test("turns away connections above its limit, but for how it is", async () => {
    const { url, open, sockets } = await slowDock({}, 2);
    const ask = async (path: string) => {
      const request = `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
      const input = { chunks: [Buffer.from(request)], gapMs: 0, ending: "wait" } as const;
      return (await exchange(url, input, ["GET"], 20_000)).answers[0]!;
    };
    const held = [ask("/api/v1/learnwares/near"), ask("/api/v1/learnwares/near")];
    await expect.poll(sockets).toBe(2);
    const refused = await ask("/api/v1/islands");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
    expect((await ask("/healthz")).status).toBe(200);
    open();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe("one address", () => {
  test("is told when to come again once it has asked too often", async () => {
    const url = await dock({ requestsPerMinute: 5 });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await card(url)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    const refused = await card(url);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThanOrEqual(10);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test("is the one that the operator's own proxy saw, whatever the client says of itself", async () => {
    const url = await dock({ requestsPerMinute: 2, proxies: 1 });
    const from = (address: string) => card(url, { headers: { "X-Forwarded-For": address } });
    const statuses: number[] = [];
    for (const mine of ["1.1.1.1, 9.9.9.9", "2.2.2.2, 9.9.9.9", "3.3.3.3, 9.9.9.9", "9.9.9.8"]) {
      statuses.push((await from(mine)).status);
    }
    expect(statuses).toEqual([200, 200, 429, 200]);
  });

  test("may ask as often as it likes where the operator says so", async () => {
    const url = await dock({ requestsPerMinute: 0 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => card(url)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });
});

test("counts requests by route and status for Prometheus, and never by address", async () => {
  const url = await dock();
  await card(url);
  await fetch(`${url}/api/v1/learnwares/secret`);
  const text = await (await fetch(`${url}/metrics`)).text();
  const counted = 'method="GET",route="/api/v1/learnwares/:id"';
  expect(text).toContain(`berth_request_seconds_count{${counted},status="200"} 1`);
  expect(text).toContain(`berth_request_seconds_count{${counted},status="404"} 1`);
  expect(text).not.toMatch(/secret|127\.0\.0\.1/);
});
