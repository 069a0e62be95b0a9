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
 */
export function listener(fetch: Fetch, mostBytes: number): Answer {
  const answer = async (request: Request, bindings: object) => {
    const { incoming } = bindings as HttpBindings;
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
