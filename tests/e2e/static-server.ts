/** @file Web servers that know nothing of docks: files, and at most the headers they are told. */

import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

type Headers = Readonly<Record<string, string>>;

/** What every file gets where a host reads no `_headers`: the least that threads need. */
export const isolation: Headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Headers for a path as hosts make them of a `_headers` file: of all rules that match. */
export function headersOf(directory: string): (path: string) => Headers {
  const rules = readFileSync(join(directory, "_headers"), "utf8")
    .trim()
    .split("\n\n")
    .map((rule) => {
      const [pattern = "", ...lines] = rule.split("\n");
      return { pattern, headers: lines.map((line) => line.trim().split(/: (.*)/)) };
    });
  const matches = (pattern: string, path: string) =>
    pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  return (path) => {
    const all = rules.filter(({ pattern }) => matches(pattern, path));
    return Object.fromEntries(
      all.flatMap(({ headers }) => headers.map(([name, value]) => [name!, value!])),
    );
  };
}

export interface StaticServer {
  readonly origin: string;
  /** Of the page. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serve the files of a directory.
 *
 * @param below - Path under which they lie, with a slash at both ends.
 */
export async function serveFiles(
  directory: string,
  headersFor: (path: string) => Headers,
  below: string,
): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = join(directory, pathname === below ? "index.html" : pathname.slice(below.length));
    if (request.method !== "GET" || !pathname.startsWith(below) || !existsSync(file)) {
      response.writeHead(request.method === "GET" ? 404 : 405).end();
      return;
    }
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { ...headersFor(pathname), "Content-Type": type });
    response.end(readFileSync(file));
  });
  server.listen(0);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://localhost:${address.port}`;
  return {
    origin,
    address: `${origin}${below}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
