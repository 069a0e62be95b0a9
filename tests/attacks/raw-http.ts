/** @file HTTP by hand: bytes as nobody's client would send them, and what comes back. */

import { connect } from "node:net";
import { gunzipSync } from "node:zlib";

export interface RawInput {
  /** Sent one after the other. */
  readonly chunks: readonly Buffer[];
  /** Between two of them. */
  readonly gapMs: number;
  /** `close` ends our half when all is sent; `wait` leaves it open; `reset` hangs up without listening. */
  readonly ending: "close" | "wait" | "reset";
}

export interface RawAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface Heard {
  readonly answers: readonly RawAnswer[];
  /** False if the time was over before the other side closed. */
  readonly isOver: boolean;
}

/**
 * Sends the bytes and listens until the other side closes.
 *
 * @param methods - Of the requests in turn: an answer to HEAD has no body.
 */
export function exchange(
  url: string,
  { chunks, gapMs, ending }: RawInput,
  methods: readonly string[],
  limitMs: number,
): Promise<Heard> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const heard: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const finish = (isOver: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ answers: answersIn(Buffer.concat(heard), methods), isOver });
    };
    const timer = setTimeout(() => finish(false), limitMs);
    socket.on("data", (chunk) => heard.push(chunk));
    socket.on("end", () => finish(true));
    socket.on("close", () => finish(true));
    socket.on("error", () => undefined); // It is closed next.
    let next = 0;
    const send = () => {
      const chunk = chunks[next++];
      if (socket.destroyed) return;
      if (chunk === undefined) {
        if (ending === "close") socket.end();
        if (ending === "reset") finish(true);
        return;
      }
      socket.write(chunk, () => (gapMs > 0 ? setTimeout(send, gapMs) : send()));
    };
    socket.on("connect", send);
  });
}

function answersIn(bytes: Buffer, methods: readonly string[]): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let at = 0; at < bytes.length;) {
    const headEnd = bytes.indexOf("\r\n\r\n", at);
    if (headEnd < 0) break;
    const [first = "", ...lines] = bytes.toString("latin1", at, headEnd).split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    at = headEnd + 4;
    if (status === 100) continue;
    const isBare = methods[answers.length] === "HEAD" || status === 204 || status === 304;
    const { body, end } = isBare ? { body: "", end: at } : bodyAt(bytes, at, headers);
    answers.push({ status, headers, body });
    at = end;
  }
  return answers;
}

function bodyAt(bytes: Buffer, start: number, headers: ReadonlyMap<string, string>) {
  const { body, end } = rawBodyAt(bytes, start, headers);
  const isPacked = headers.get("content-encoding") === "gzip";
  return { body: (isPacked ? gunzipSync(body) : body).toString("utf8"), end };
}

function rawBodyAt(bytes: Buffer, start: number, headers: ReadonlyMap<string, string>) {
  if (headers.get("transfer-encoding") !== "chunked") {
    const length = headers.get("content-length");
    const end = length === undefined ? bytes.length : start + Number(length);
    return { body: bytes.subarray(start, end), end };
  }
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = lineEnd < 0 ? 0 : parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (!(size > 0)) return { body: Buffer.concat(parts), end: Math.max(at, lineEnd + 4) };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
