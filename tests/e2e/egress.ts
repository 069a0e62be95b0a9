import { expect, type Page, type Request } from "@playwright/test";

import { bodyText } from "./body-text";

/** Everything a page sends, from itself and its workers. */
export class Egress {
  readonly #requests: Request[] = [];

  constructor(page: Page) {
    page.context().on("request", (request) => this.#requests.push(request));
  }

  /** Bodies posted to the dock. */
  bodies(): string[] {
    return this.#requests.flatMap((request) => request.postData() ?? []);
  }

  /** Every method used, once. */
  methods(): string[] {
    return [...new Set(this.#requests.map((request) => request.method()))];
  }

  /** Where requests went whose path starts like this. */
  addresses(start: string): URL[] {
    return this.#requests
      .map((request) => new URL(request.url()))
      .filter(({ pathname }) => pathname.startsWith(start));
  }

  /** No request left the origin, and none of the words stands in a URL, a header or a body. */
  async expectClean(origin: string, words: readonly string[]): Promise<void> {
    expect(this.#requests.length).toBeGreaterThan(5);
    for (const request of this.#requests) {
      const url = request.url();
      if (/^(blob|data):/.test(url)) continue;
      expect(new URL(url).origin).toBe(origin);
      const headers = JSON.stringify(await request.allHeaders());
      const body = bodyText(request.postDataBuffer() ?? Buffer.alloc(0));
      const sent = `${decodeURIComponent(url)}\n${headers}\n${body}`;
      for (const word of words) {
        expect(sent.toLowerCase(), `${request.method()} ${url}`).not.toContain(word.toLowerCase());
      }
    }
  }
}
