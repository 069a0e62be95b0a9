import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

import { commonHeaders } from "./security-headers";

/** Answers a request, now or later. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** In seconds. */
  readonly retryAfter?: number;
}

/** Sockets above the limit, so that there is still a way in to ask how the dock is. */
const RESERVED_SOCKETS = 50;
/** Until a request with its body is here, and until its headers are. */
const REQUEST_MS = 30_000;
const HEADERS_MS = 10_000;
/** Nothing comes or goes, as with a reader that has gone away without a word. */
const SILENCE_MS = 120_000;
/** Between two requests; a connection that only waits counts like any other. */
const KEEP_ALIVE_MS = 5000;

const watching = new Set([
  ...["/healthz", "/api/v1/healthz", "/readyz", "/api/v1/readyz", "/metrics"],
]);

/** Whether a request only asks how the dock is, and is answered however much it has to do. */
export function isWatching(path: string): boolean {
  return watching.has(path);
}

/** A server that gives nobody more time or sockets than they need; what to answer may change later. */
export class DockServer {
  readonly http: Server;
  answer: Answer = tellStarting;
  readonly #mostSockets: number;
  #sockets = 0;

  constructor(mostSockets: number) {
    this.#mostSockets = mostSockets;
    this.http = createServer({
      requestTimeout: REQUEST_MS,
      headersTimeout: HEADERS_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 1000,
      requireHostHeader: false, // Refused below, in words.
    });
    this.http.maxConnections = mostSockets + RESERVED_SOCKETS;
    this.http.setTimeout(SILENCE_MS);
    this.http.on("connection", (socket: Socket) => {
      this.#sockets++;
      socket.on("close", () => this.#sockets--);
    });
    this.http.on("clientError", answerUnreadable);
    this.http.on("request", (request: IncomingMessage, response: ServerResponse) =>
      this.#answer(request, response),
    );
  }

  get sockets(): number {
    return this.#sockets;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? "").split("?", 1)[0]!;
    if (request.headers.host === undefined && request.httpVersion !== "1.0") {
      response.setHeader("Connection", "close");
      const message = "the request needs a Host header";
      refuse(response, { status: 400, code: "bad_input", message });
      return;
    }
    if (this.#sockets <= this.#mostSockets || isWatching(path)) {
      void this.answer(request, response);
      return;
    }
    response.setHeader("Connection", "close");
    const message = "too many connections are open; ask again in a moment";
    refuse(response, { status: 503, code: "dock_busy", message, retryAfter: 2 });
  }
}

/** In the page's own colours, so that nothing flashes when it comes. */
const STARTING_STYLE = `
body { max-width: 34rem; margin: 0; padding: 18vh 1.5rem 0; background: #f5f8f7; color: #10252a; font: 1.125rem/1.6 system-ui, sans-serif }
@media (prefers-color-scheme: dark) { body { background: #0a1315; color: #e7f0ef } }
@media (min-width: 40rem) { body { margin: 0 auto } }
`;

/** A browser that opens a page asks again by itself, so that whoever is early meets no code. */
const STARTING_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="2">
<title>Berth</title>
<style>${STARTING_STYLE}</style>
<p>The server is starting, which takes a minute the first time. This page opens by itself.</p>
<p lang="zh">服务器正在启动，首次启动约需一分钟。页面会自动打开。</p>
</html>
`;
const STARTING_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STARTING_STYLE).digest("base64")}'`;

function tellStarting({ headers }: IncomingMessage, response: ServerResponse): void {
  const retryAfter = 1;
  if (headers.accept?.includes("text/html") !== true) {
    refuse(response, {
      status: 503,
      code: "dock_busy",
      message: "the dock is starting",
      retryAfter,
    });
    return;
  }
  response.writeHead(503, {
    ...commonHeaders,
    "Content-Security-Policy": STARTING_POLICY,
    "Content-Type": "text/html; charset=utf-8",
    "Retry-After": String(retryAfter),
  });
  response.end(STARTING_PAGE);
}

/** Answers without what the dock is made of: before it is there, or when it must not be asked. */
function refuse(response: ServerResponse, { status, code, message, retryAfter }: Refusal): void {
  response.writeHead(status, {
    ...commonHeaders,
    "Content-Type": "application/json",
    ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }),
  });
  response.end(JSON.stringify({ code, message }));
}

/** What is no HTTP, or came too slowly: nothing of it reached the dock, and what follows is not to be trusted. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? ["408 Request Timeout", "the request took too long to arrive"]
      : error.code === "HPE_HEADER_OVERFLOW"
        ? ["431 Request Header Fields Too Large", "the request's headers are too long"]
        : ["400 Bad Request", "the request is not one that HTTP allows"];
  const body = JSON.stringify({ code: "bad_input", message });
  const headers = [
    `HTTP/1.1 ${status}`,
    "Connection: close",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${headers.join("\r\n")}\r\n\r\n${body}`);
}
