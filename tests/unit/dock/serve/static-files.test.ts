import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

import { Hono } from "hono";
import { beforeAll, describe, expect, test } from "vitest";

import { securityHeaders } from "../../../../src/dock/serve/security-headers";
import { staticFiles } from "../../../../src/dock/serve/static-files";

const script = "export const answer = 42;\n".repeat(100);
let app: Hono;
let directory: string;

beforeAll(async () => {
  const outside = await mkdtemp(join(tmpdir(), "berth-static-"));
  directory = join(outside, "dist");
  await mkdir(join(directory, "assets"), { recursive: true });
  await writeFile(join(outside, "secret.txt"), "secret");
  for (const [name, contents] of [
    ["index.html", await readFile(join(import.meta.dirname, "../../../../index.html"), "utf8")],
    ["sw.js", script],
    ["assets/index-abc.js", script],
    ["assets/data.worker-abc.js", script],
    ["assets/ort-abc.mjs", script],
    ["assets/ort-abc.wasm", "\0asm"],
    ["samples/houses.csv", "a,b\n"],
  ] as const) {
    await mkdir(join(directory, name, ".."), { recursive: true });
    await writeFile(join(directory, name), contents);
  }
  app = new Hono();
  app.use(securityHeaders()).route("/", await staticFiles(directory));
});

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe("the served app", () => {
  test.each([
    ["/", "text/html; charset=utf-8", "no-cache"],
    ["/index.html", "text/html; charset=utf-8", "no-cache"],
    ["/samples/houses.csv", "text/csv; charset=utf-8", "no-cache"],
    [
      "/assets/index-abc.js",
      "text/javascript; charset=utf-8",
      "public, max-age=31536000, immutable",
    ],
    [
      "/assets/ort-abc.mjs",
      "text/javascript; charset=utf-8",
      "public, max-age=31536000, immutable",
    ],
    ["/assets/ort-abc.wasm", "application/wasm", "public, max-age=31536000, immutable"],
  ])("serves %s as %s, %s", async (path, type, caching) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe(type);
    expect(answer.headers.get("Cache-Control")).toBe(caching);
  });

  test.each(["/assets/none.js", "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/%"])(
    "does not serve %s",
    async (path) => expect(await (await get(path)).text()).not.toMatch(/secret$|answer/),
  );

  test("serves the app at its own address only, where its files are found", async () => {
    expect((await get("/some/screen")).status).toBe(404);
  });

  test("compresses what a client can read compressed", async () => {
    const plain = await get("/assets/index-abc.js", { "Accept-Encoding": "br;q=0" });
    expect(plain.headers.get("Content-Encoding")).toBeNull();
    expect(await plain.text()).toBe(script);

    const small = await get("/assets/index-abc.js", { "Accept-Encoding": "gzip, br" });
    expect(small.headers.get("Content-Encoding")).toBe("br");
    const bytes = new Uint8Array(await small.arrayBuffer());
    expect(small.headers.get("Content-Length")).toBe(String(bytes.length));
    expect(brotliDecompressSync(bytes).toString()).toBe(script);
  });

  test("sends nothing to a client that has this version", async () => {
    const tag = (await get("/")).headers.get("ETag") ?? "";
    expect((await get("/", { "If-None-Match": tag })).status).toBe(304);
  });
});

test("the page is told which docks elsewhere it may ask, and its worker changes with them", async () => {
  const docks = ["https://a.example", "https://b.example"];
  const told = new Hono();
  told.use(securityHeaders(docks)).route("/", await staticFiles(directory, docks));
  const page = await told.request("/");
  expect(await page.text()).toContain(
    '<meta name="berth-docks" content="https://a.example https://b.example"',
  );
  expect(page.headers.get("Content-Security-Policy")).toContain(
    "connect-src 'self' https://a.example https://b.example;",
  );
  const worker = await told.request("/sw.js");
  expect(await worker.text()).not.toBe(await (await get("/sw.js")).text());
});

describe("security headers", () => {
  test("isolate the page and let it reach this origin only", async () => {
    const { headers } = await get("/");
    expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
    expect(headers.get("Cross-Origin-Embedder-Policy")).toBe("require-corp");
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Permissions-Policy")).toContain("geolocation=()");
    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; " +
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  test.each(["/assets/data.worker-abc.js", "/assets/ort-abc.mjs"])(
    "let no worker that runs %s open a connection, or load another script",
    async (path) => {
      const policy = (await get(path)).headers.get("Content-Security-Policy");
      expect(policy).toBe(
        "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'none'; worker-src blob:",
      );
    },
  );
});
