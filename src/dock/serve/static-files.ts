import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { Hono } from "hono";
import { getMimeType } from "hono/utils/mime";

import { tellDocks } from "./tell-docks";

const compressible = /^(text\/|application\/(json|wasm|manifest)|image\/svg)/;

const compress = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
};
type Encoding = keyof typeof compress | "identity";

/** One version of a file as it is sent. */
interface Variant {
  readonly body: Buffer<ArrayBuffer>;
  readonly etag: string;
}

/**
 * The built app. Only files that were there at the start are ever served, each read, hashed and
 * compressed once; hono's `serveStatic` would ask the disk each time, and tells nobody that it has a file.
 *
 * @param docks - Origins that the page may ask beside this one.
 */
export async function staticFiles(directory: string, docks: readonly string[] = []): Promise<Hono> {
  const paths = await listFiles(directory);
  const variants = new Map<string, Promise<Variant>>();
  const variant = (path: string, encoding: Encoding) => {
    const key = `${encoding} ${path}`;
    let made = variants.get(key);
    if (!made) {
      made = readFile(join(directory, path)).then((bytes) =>
        makeVariant(tellDocks(path.slice(1), bytes, docks), encoding),
      );
      variants.set(key, made);
      made.catch(() => variants.delete(key));
    }
    return made;
  };

  const app = new Hono();
  app.on(["POST", "PUT", "PATCH", "DELETE"], "*", async (c, next) => {
    if (!paths.has(decodePath(c.req.path))) return next();
    c.header("Allow", "GET, HEAD");
    return c.json({ code: "bad_input", message: "this address takes GET, HEAD" }, 405);
  });
  app.get("*", async (c) => {
    const path = decodePath(c.req.path);
    if (!paths.has(path)) return c.notFound();
    const type = getMimeType(path) ?? "application/octet-stream";
    const encoding = compressible.test(type)
      ? chooseEncoding(c.req.header("Accept-Encoding"))
      : "identity";
    const { body, etag } = await variant(path, encoding);

    c.header("ETag", etag);
    c.header("Vary", "Accept-Encoding");
    c.header("Cache-Control", isHashed(path) ? "public, max-age=31536000, immutable" : "no-cache");
    if (c.req.header("If-None-Match") === etag) return c.body(null, 304);
    c.header("Content-Type", type);
    c.header("Content-Length", String(body.length));
    if (encoding !== "identity") c.header("Content-Encoding", encoding);
    return c.body(body);
  });
  return app;
}

async function listFiles(directory: string): Promise<Set<string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => `/${relative(directory, path).split(sep).join("/")}`),
  );
}

async function makeVariant(raw: Uint8Array, encoding: Encoding): Promise<Variant> {
  const body = encoding === "identity" ? raw : await compress[encoding](raw);
  const hash = createHash("sha256").update(raw).digest("hex").slice(0, 32);
  return { body: Buffer.from(body), etag: `"${hash}-${encoding}"` };
}

function chooseEncoding(accepted = ""): Encoding {
  const refused = /;\s*q=0(\.0*)?$/;
  const names = accepted
    .split(",")
    .map((one) => one.trim())
    .filter((one) => !refused.test(one))
    .map((one) => one.split(";")[0]);
  return names.includes("br") ? "br" : names.includes("gzip") ? "gzip" : "identity";
}

/** Vite puts files named after their content here. */
function isHashed(path: string): boolean {
  return path.startsWith("/assets/");
}

function decodePath(path: string): string {
  try {
    return path === "/" ? "/index.html" : decodeURIComponent(path);
  } catch {
    return path; // Not a name of ours then.
  }
}
