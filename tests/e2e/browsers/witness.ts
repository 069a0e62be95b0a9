import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

import { bodyText } from "../body-text";

/** Where pages and policies complain to; no path of the dock's. */
const complaintPath = "/witness";
const scriptPath = "/witness.js";
const script = `
const complain = (what) => navigator.sendBeacon("${complaintPath}", String(what));
addEventListener("error", ({ message }) => complain(message));
addEventListener("unhandledrejection", ({ reason }) => complain(reason));
`;

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * A proxy between a browser and everything else. It passes on what is for one origin, refuses the
 * rest, and remembers both. It also hears of errors on the page and of what the policies of page
 * and workers blocked: pages get a script that tells, policies an address to report to.
 */
export class Witness {
  /** What was passed on, in order of arrival. */
  readonly asked: Asked[] = [];
  /** Errors that nobody caught, and reports of what a policy blocked. */
  readonly complaints: string[] = [];
  readonly #refused: string[] = [];
  readonly #origin: string;
  readonly #ownHosts: RegExp | null;
  readonly #server = createServer((asking, answer) => {
    this.#serve(asking, answer).catch((error: unknown) => answer.destroy(error as Error));
  });

  private constructor(origin: string, ownHosts: RegExp | null) {
    this.#origin = origin;
    this.#ownHosts = ownHosts;
    // What browsers send before they speak TLS.
    this.#server.on("connect", ({ url: host }: IncomingMessage, socket) => {
      this.#refuse(`https://${host ?? ""}`);
      socket.destroy();
    });
  }

  /**
   * @param origin - The only one that requests are passed on to, over HTTP.
   * @param ownHosts - Hosts that the browser asks on its own account: refused, and no more of it.
   */
  static async start(origin: string, ownHosts: RegExp | null): Promise<Witness> {
    const witness = new Witness(origin, ownHosts);
    witness.#server.listen(0, "127.0.0.1");
    await once(witness.#server, "listening");
    return witness;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** All that were asked, once. */
  origins(): string[] {
    return [...new Set([...this.asked.map(({ url }) => url.origin), ...this.#refused])];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #refuse(origin: string): void {
    if (!this.#ownHosts?.test(new URL(origin).hostname)) this.#refused.push(origin);
  }

  async #serve(asking: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = "GET", headers } = asking;
    const url = new URL(asking.url ?? "/", this.#origin);
    const body = await buffer(asking);
    const isOurs = url.origin === this.#origin;
    if (isOurs && url.pathname === complaintPath) {
      this.complaints.push(body.toString());
      answer.writeHead(204).end();
    } else if (isOurs && url.pathname === scriptPath) {
      answer.writeHead(200, { "Content-Type": "text/javascript" }).end(script);
    } else if (isOurs) {
      this.asked.push({ method, url, headers, body: bodyText(body) });
      await passOn(url, method, headers, body, answer);
    } else {
      this.#refuse(url.origin);
      answer.writeHead(403).end();
    }
  }
}

async function passOn(
  url: URL,
  method: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
  answer: ServerResponse,
): Promise<void> {
  // Plain, because a page is changed on its way.
  const passed = request(url, { method, headers: { ...headers, "accept-encoding": "identity" } });
  passed.end(body);
  const [response] = (await once(passed, "response")) as [IncomingMessage];
  const { "content-security-policy": policy, ...kept } = response.headers;
  if (policy !== undefined) {
    kept["content-security-policy"] = `${String(policy)}; report-uri ${complaintPath}`;
  }
  const isPage = kept["content-type"]?.startsWith("text/html") === true;
  if (isPage) delete kept["content-length"];
  const bytes = await buffer(response);
  answer.writeHead(response.statusCode ?? 502, kept);
  answer.end(isPage ? withScript(bytes.toString()) : bytes);
}

function withScript(page: string): string {
  return page.replace("<head>", `<head><script src="${scriptPath}"></script>`);
}
