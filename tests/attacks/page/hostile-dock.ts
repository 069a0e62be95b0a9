/** @file The built page on a dock that spoils some of its answers. */

import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

import { commonHeaders, pagePolicy, workerPolicy } from "../../../src/dock/serve/security-headers";
import type { HonestDock } from "./honest-dock";

/** What is sent in place of an honest answer. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** After the body: `cut` the line, `drip` a byte a second, send without an `end`, or say `nothing` more. */
  readonly then?: "cut" | "drip" | "endless" | "nothing";
}

export interface Honest {
  /** With its query. */
  readonly path: string;
  readonly status: number;
  readonly body: Buffer;
}

/** One way to do harm. */
export interface Mode {
  readonly name: string;
  /** Null: the honest answer. */
  readonly spoil: (honest: Honest) => Reply | null | Promise<Reply | null>;
  /** Whether the page waits for the dock, so that the clock of the test has to be put forward. */
  readonly stalls?: boolean;
  /** Specifications are answered whatever version is asked for. */
  readonly anyVersion?: boolean;
  /** Seconds that it may take on a quiet machine, if more than others. */
  readonly seconds?: number;
}

export interface HostileDock {
  readonly address: string;
  mode: Mode;
  close(): Promise<void>;
}

export const honestly: Mode = { name: "honest", spoil: () => null };

const TYPES: Readonly<Record<string, string>> = {
  ...{ ".html": "text/html", ".js": "text/javascript", ".css": "text/css" },
  ...{ ".svg": "image/svg+xml", ".wasm": "application/wasm", ".csv": "text/csv" },
};

/** @param page - Folder of the built page. */
export async function hostileDock(honest: HonestDock, page: string): Promise<HostileDock> {
  if (!existsSync(join(page, "index.html"))) throw new Error("build the page first: npm run build");
  const dock = { mode: honestly };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (!path.startsWith("/api/")) {
      sendFile(page, path, response);
      return;
    }
    answerApi(honest, dock.mode, request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(dock, {
    address: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}

function sendFile(page: string, path: string, response: ServerResponse): void {
  const name = path === "/" ? "index.html" : path.replace(/\?.*/, "").slice(1);
  const file = join(page, name);
  if (name.includes("..") || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  const policy = name.endsWith(".js") ? workerPolicy : pagePolicy();
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  const headers = { "Content-Security-Policy": policy, "Content-Type": type };
  response.writeHead(200, { ...commonHeaders, ...headers }).end(readFileSync(file));
}

async function answerApi(
  honest: HonestDock,
  { spoil, anyVersion }: Mode,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const asked = request.url!;
  const path = anyVersion && asked.includes("/specification?") ? asked.replace(/\?.*/, "") : asked;
  const headers = { "Content-Type": "application/json" };
  const method = request.method!;
  const answer = await honest.answer(
    path,
    method === "POST" ? { method, headers, body: Buffer.concat(parts) } : { method },
  );
  const body = Buffer.from(await answer.arrayBuffer());
  const reply = (await spoil({ path: asked, status: answer.status, body })) ?? {};
  const type = answer.headers.get("Content-Type") ?? "application/json";
  const whole = reply.then === undefined ? { "Content-Length": String(reply.body === undefined ? body.length : Buffer.byteLength(reply.body)) } : {}; // prettier-ignore
  response.writeHead(reply.status ?? answer.status, {
    ...{ ...commonHeaders, "Content-Type": type, "Cache-Control": "no-store" },
    ...whole,
    ...reply.headers,
  });
  response.write(reply.body ?? body);
  if (reply.then === undefined) response.end();
  else goOn(reply.then, response);
}

function goOn(how: NonNullable<Reply["then"]>, response: ServerResponse): void {
  if (how === "cut") setTimeout(() => response.destroy(), 50);
  if (how === "drip") {
    const timer = setInterval(() => response.write(" "), 1000);
    response.on("close", () => clearInterval(timer));
  }
  if (how === "endless") {
    const block = Buffer.alloc(1 << 16, " ");
    const pour = () => {
      while (!response.destroyed && response.write(block));
    };
    response.on("drain", pour);
    pour();
  }
}
