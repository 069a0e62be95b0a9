import { setTimeout } from "node:timers/promises";

import {
  type Browser,
  type ElementHandle,
  launch as start,
  type LaunchOptions,
  type Page,
} from "puppeteer-core";

import { findChromium } from "../../find-chromium";
import { findFirefox } from "./find-browsers";
import { type Launch, patienceMs, type RealBrowser } from "./real-browser";

/** Debian's Firefox, over WebDriver BiDi. */
export async function launchFirefox({ proxyPort, folder }: Launch): Promise<RealBrowser> {
  const proxy = { type: 1, allow_hijacking_localhost: true, http: "127.0.0.1", ssl: "127.0.0.1" };
  const ports = { http_port: proxyPort, ssl_port: proxyPort };
  const prefs = {
    ...prefixed("network.proxy.", { ...proxy, ...ports }),
    ...prefixed("browser.download.", { folderList: 2, dir: folder }),
    "intl.accept_languages": "en-US",
    "ui.prefersReducedMotion": 1,
  };
  return open({ browser: "firefox", executablePath: findFirefox(), extraPrefsFirefox: prefs });
}

/** The Chromium of the other tests. */
export async function launchChromium({ proxyPort, folder }: Launch): Promise<RealBrowser> {
  const proxy = [
    `--proxy-server=127.0.0.1:${proxyPort}`,
    "--proxy-bypass-list=<-loopback>", // Not even this machine is asked directly.
  ];
  return open({
    browser: "chrome",
    executablePath: findChromium(),
    args: ["--no-sandbox", "--lang=en-US", "--force-prefers-reduced-motion", ...proxy],
    downloadBehavior: { policy: "allow", downloadPath: folder },
  });
}

async function open(options: LaunchOptions): Promise<RealBrowser> {
  const browser = await start(options);
  return new PuppeteerBrowser(browser, await browser.newPage());
}

class PuppeteerBrowser implements RealBrowser {
  readonly #browser: Browser;
  readonly #page: Page;

  constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  async open(address: string): Promise<void> {
    await this.#page.goto(address);
  }

  async click(element: string): Promise<void> {
    await (await this.#find(element)).click();
  }

  async text(element: string): Promise<string> {
    return (await this.#find(element)).evaluate((node) => (node as HTMLElement).innerText);
  }

  async chooseFile(path: string): Promise<void> {
    const input = await this.#page.waitForSelector("input[type=file]", { timeout: patienceMs });
    await input!.uploadFile(path);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Seen and not disabled. Asked from here: a locator waits for frames, which Firefox draws none of where nobody looks. */
  async #find(element: string): Promise<ElementHandle> {
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      const found = await this.#page.$(`::-p-xpath(${element})`);
      const isReady = await found?.evaluate(
        (node) => (node as HTMLElement).checkVisibility() && !node.matches(":disabled"),
      );
      if (found && isReady) return found;
      await setTimeout(50);
    }
    throw new Error(`not there in ${patienceMs} ms: ${element}`);
  }
}

function prefixed(prefix: string, values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}
