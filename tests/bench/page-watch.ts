import type { Browser, CDPSession } from "@playwright/test";

/** What is waited for, by selectors. */
const STAGES = {
  usable: "#start h1 ~ label input[type=file]",
  verdict: "[data-testid=verdict] button",
  grid: "[data-testid=grid] [role=gridcell] .value",
  predictions: "[data-testid=predictions]:not([hidden])",
};

type Stage = keyof typeof STAGES;

interface Seen {
  /** When each stage was painted, in milliseconds from the start of loading. */
  readonly painted: Partial<Record<Stage, number>>;
  /** Milliseconds that each task over 50 ms held the page up. */
  readonly tasks: readonly number[];
  /** By how much what was shown moved by itself, in all. */
  readonly shift: number;
}

interface Conditions {
  /** How many times slower the page's thread runs. */
  readonly slowdown: number;
  readonly width: number;
}

const QUIET = { slowdown: 1, width: 1440 };
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 300_000;
const WHEEL_EVERY_MS = 40;

/**
 * A page that was never opened before, in a browser that has kept nothing. It is driven and read over the debugging protocol:
 * what Playwright puts into a page to find things would hold it up, and be measured.
 */
export class WatchedPage {
  readonly #session: CDPSession;
  readonly #close: () => Promise<void>;

  private constructor(session: CDPSession, close: () => Promise<void>) {
    this.#session = session;
    this.#close = close;
  }

  static async open(
    browser: Browser,
    url: string,
    conditions: Partial<Conditions> = {},
  ): Promise<WatchedPage> {
    const { slowdown, width } = { ...QUIET, ...conditions };
    const viewport = { width, height: width < 600 ? 844 : 900 };
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.addInitScript(watch, STAGES);
    await page.goto(url, { waitUntil: "commit" });
    return new WatchedPage(session, () => context.close());
  }

  /** Milliseconds from the start of loading until it was painted. */
  async until(stage: Stage): Promise<number> {
    const last = performance.now() + PATIENCE_MS;
    for (;;) {
      const { painted } = await this.seen();
      if (painted[stage] !== undefined) return painted[stage];
      if (performance.now() > last) throw new Error(`the page never came to ${stage}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  seen(): Promise<Seen> {
    return this.#evaluate<Seen>("seen");
  }

  /** Milliseconds from the start of loading. */
  now(): Promise<number> {
    return this.#evaluate<number>("performance.now()");
  }

  /** Give it time for what it does by itself. */
  async rest(milliseconds: number): Promise<void> {
    await pause(milliseconds);
  }

  async drop(file: string): Promise<void> {
    const { result } = await this.#session.send("Runtime.evaluate", {
      expression: `document.querySelector("${STAGES.usable}")`,
    });
    await this.#session.send("DOM.setFileInputFiles", {
      files: [file],
      ...(result.objectId === undefined ? {} : { objectId: result.objectId }),
    });
  }

  async click(selector: string): Promise<void> {
    const place = await this.#middleOf(selector);
    const press = { ...place, button: "left", clickCount: 1 } as const;
    await this.#session.send("Input.dispatchMouseEvent", { type: "mousePressed", ...press });
    await this.#session.send("Input.dispatchMouseEvent", { type: "mouseReleased", ...press });
  }

  /** Turn the wheel over something, so many times. */
  async wheel(selector: string, [deltaX, deltaY]: readonly [number, number], times: number) {
    const place = await this.#middleOf(selector);
    for (let i = 0; i < times; i++) {
      const turn = { type: "mouseWheel", ...place, deltaX, deltaY } as const;
      await this.#session.send("Input.dispatchMouseEvent", turn);
      await pause(WHEEL_EVERY_MS);
    }
  }

  close(): Promise<void> {
    return this.#close();
  }

  #middleOf(selector: string): Promise<{ x: number; y: number }> {
    return this.#evaluate(
      `(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))` +
        `(document.querySelector("${selector}").getBoundingClientRect())`,
    );
  }

  async #evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#session.send("Runtime.evaluate", {
      expression,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value as T;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Runs in the page, before anything of it. */
function watch(stages: Record<string, string>): void {
  const painted: Record<string, number> = {};
  const tasks: number[] = [];
  const seen = { painted, tasks, shift: 0 };
  const found = new Set<string>();
  Object.assign(globalThis, { seen });
  new MutationObserver(() => {
    for (const [stage, selector] of Object.entries(stages)) {
      if (found.has(stage) || !document.querySelector(selector)) continue;
      found.add(stage);
      requestAnimationFrame(() => setTimeout(() => (painted[stage] = performance.now())));
    }
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["hidden"] });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ("hadRecentInput" in entry && "value" in entry && entry.hadRecentInput === false) {
        seen.shift += Number(entry.value);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
}
