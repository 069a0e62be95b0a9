import type { IncomingMessage } from "node:http";

import { getRequestListener, type HttpBindings } from "@hono/node-server";

import type { Answer } from "./server";

type Fetch = (request: Request, bindings: object) => Response | Promise<Response>;

interface ReadBody {
  /** Empty if it was too long. */
  readonly bytes: Buffer<ArrayBuffer>;
  readonly length: number;
}

const NONE: ReadBody = { bytes: Buffer.alloc(0), length: 0 };

/**
 * Hands requests over with their bodies read, so that the next on the same connection begins where
 * this one ends, whatever comes of it. Of a body that is longer than `mostBytes` only the length stays.
 * Those of uploads come as they are sent, and are the last on their connection if they were not read to their end.
 */
export function listener(fetch: Fetch, mostBytes: number): Answer {
  const answer = async (request: Request, bindings: object) => {
    const { incoming, outgoing } = bindings as HttpBindings;
    if (request.method === "PATCH" && isUpload(incoming.url ?? "")) {
      const response = await fetch(request, bindings);
      if (!incoming.complete) outgoing.setHeader("Connection", "close");
      return response;
    }
    const announced = Number(incoming.headers["content-length"] ?? 0);
    // What is too long is not waited for; Node reads past it when the answer is out.
    const body =
      announced > mostBytes
        ? { bytes: NONE.bytes, length: announced }
        : hasBody(incoming)
          ? await readBody(incoming, mostBytes)
          : NONE;
    const isBodiless = ["GET", "HEAD", "TRACE"].includes(request.method);
    return fetch(isBodiless ? request : withBody(request, body), bindings);
  };
  return getRequestListener(answer, {
    overrideGlobalObjects: false,
    hostname: "localhost", // Of HTTP/1.0, which may name none.
    errorHandler: () =>
      Response.json(
        { code: "bad_input", message: "the request's address or body cannot be read" },
        { status: 400 },
      ),
  });
}

/** Whether bytes of a file go there, more than are held in memory. */
function isUpload(url: string): boolean {
  return /^\/api\/v1\/my\/uploads\/[0-9a-f]{32}$/.test(url);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function readBody(incoming: IncomingMessage, mostBytes: number): Promise<ReadBody> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= mostBytes) chunks.push(chunk);
      else chunks = [];
    });
    incoming.on("end", () => {
      const bytes = withoutMark(Buffer.concat(length <= mostBytes ? chunks : []));
      resolve({ bytes, length: length <= mostBytes ? bytes.length : length });
    });
    incoming.on("error", reject);
    incoming.on("close", () => reject(new Error("the client hung up")));
  });
}

/** Some editors begin every text with a byte order mark, which is no JSON. */
function withoutMark(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return isMarked ? bytes.subarray(3) : bytes;
}

/** A request of the platform's own: the adapter's cannot be made another of. */
function withBody(request: Request, { bytes, length }: ReadBody): Request {
  const { url, method, signal } = request;
  const headers = new Headers([...request.headers]);
  headers.delete("transfer-encoding");
  headers.set("content-length", String(length));
  const body = length === 0 ? null : bytes.length === length ? bytes : " ";
  return new Request(url, { method, headers, signal, body });
}
