import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

import { patienceMs } from "./real-browser";

/** The one property of an element's reference (W3C WebDriver, 12.1). */
const elementKey = "element-6066-11e4-a52e-4f735466cecf";

/** What a click may meet while the page still moves. */
const passing = [
  "element not interactable",
  "element click intercepted",
  "stale element reference",
];

class WebDriverError extends Error {
  readonly code: string;

  constructor(code: string, command: string) {
    super(`${command}: ${code}`);
    this.code = code;
  }
}

/** A session of W3C WebDriver, spoken over HTTP: as much of it as the tests use. */
export class WebDriver {
  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  /** @param driver - Address of the driver, which may still be starting. */
  static async open(
    driver: string,
    capabilities: Readonly<Record<string, unknown>>,
  ): Promise<WebDriver> {
    await answers(`${driver}/status`);
    const alwaysMatch = { ...capabilities, timeouts: { implicit: patienceMs } };
    const { sessionId } = (await send("POST", `${driver}/session`, {
      capabilities: { alwaysMatch },
    })) as { sessionId: string };
    return new WebDriver(`${driver}/session/${sessionId}`);
  }

  async goTo(url: string): Promise<void> {
    await send("POST", `${this.#session}/url`, { url });
  }

  async click(xpath: string): Promise<void> {
    const until = performance.now() + patienceMs;
    for (;;) {
      try {
        const element = await this.#find(xpath);
        await this.#standsStill(element);
        await send("POST", `${this.#session}/element/${element}/click`, {});
        return;
      } catch (error) {
        const isPassing = error instanceof WebDriverError && passing.includes(error.code);
        if (!isPassing || performance.now() > until) throw error;
        await setTimeout(50);
      }
    }
  }

  /** Read by script, because WebKit's driver finds no text in a table that scrolls. */
  async text(xpath: string): Promise<string> {
    return (await this.#read(await this.#find(xpath), "innerText")) as string;
  }

  /** Type into a field, or choose the file of this path in a file input. */
  async type(xpath: string, text: string): Promise<void> {
    await send("POST", `${this.#session}/element/${await this.#find(xpath)}/value`, { text });
  }

  async close(): Promise<void> {
    await send("DELETE", this.#session);
  }

  /** A click goes to a place on the screen, so an element that moves is missed. */
  async #standsStill(element: string): Promise<void> {
    const place = () => this.#read(element, "getBoundingClientRect().toJSON()");
    let before = await place();
    for (;;) {
      await setTimeout(50);
      const now = await place();
      if (isDeepStrictEqual(now, before)) return;
      before = now;
    }
  }

  async #read(element: string, what: string): Promise<unknown> {
    const script = `return arguments[0].${what}`;
    const args = [{ [elementKey]: element }];
    return send("POST", `${this.#session}/execute/sync`, { script, args });
  }

  /** Reference of the first such element, as soon as there is one. */
  async #find(xpath: string): Promise<string> {
    const found = (await send("POST", `${this.#session}/element`, {
      using: "xpath",
      value: xpath,
    })) as { [elementKey]: string };
    return found[elementKey];
  }
}

async function send(method: string, address: string, body?: unknown): Promise<unknown> {
  const response = await fetch(address, { method, body: body ? JSON.stringify(body) : null });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error } = value as { error: string };
  throw new WebDriverError(error, `${method} ${address} ${JSON.stringify(body)}`);
}

async function answers(address: string): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      await fetch(address);
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await setTimeout(50);
    }
  }
}
