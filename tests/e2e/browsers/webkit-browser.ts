import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

import { findWebKit } from "./find-browsers";
import type { Launch, RealBrowser } from "./real-browser";
import { WebDriver } from "./web-driver";

/** WebKitGTK in its small browser, over WebDriver, on a display that nobody sees. */
export async function launchWebKit({ proxyPort, folder }: Launch): Promise<RealBrowser> {
  const programs = findWebKit();
  if (!programs) throw new Error("there is no WebKitGTK to drive");
  const children: ChildProcess[] = [];
  mkdirSync(join(folder, "gtk-3.0"));
  // The page does not move by itself then: it is told that less motion is preferred.
  writeFileSync(join(folder, "gtk-3.0/settings.ini"), "[Settings]\ngtk-enable-animations=0\n");
  try {
    const display = spawn(programs.display, ["-displayfd", "1", "-nolisten", "tcp"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    children.push(display);
    const [number] = (await once(display.stdout, "data")) as [Buffer];
    const port = await freePort();
    children.push(
      spawn(programs.driver, [`--port=${port}`], {
        env: {
          ...process.env,
          DISPLAY: `:${number.toString().trim()}`,
          HOME: folder, // Downloads land there, as long as no other folder is set for them.
          XDG_CONFIG_HOME: folder,
          LC_ALL: "C.UTF-8",
          WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", // Root, as in a container, has no other way.
        },
        stdio: "ignore",
      }),
    );
    // Not WebDriver's `proxy`: with that, WebKitGTK speaks TLS to the proxy for https.
    const args = ["--automation", `--proxy=http://127.0.0.1:${proxyPort}`];
    const session = await WebDriver.open(`http://127.0.0.1:${port}`, {
      "webkitgtk:browserOptions": { binary: programs.browser, args },
    });
    return new WebKitBrowser(session, children);
  } catch (error) {
    await stop(children);
    throw error;
  }
}

class WebKitBrowser implements RealBrowser {
  readonly #session: WebDriver;
  readonly #children: readonly ChildProcess[];

  constructor(session: WebDriver, children: readonly ChildProcess[]) {
    this.#session = session;
    this.#children = children;
  }

  open(address: string): Promise<void> {
    return this.#session.goTo(address);
  }

  click(element: string): Promise<void> {
    return this.#session.click(element);
  }

  text(element: string): Promise<string> {
    return this.#session.text(element);
  }

  chooseFile(path: string): Promise<void> {
    return this.#session.type(`//input[@type="file"]`, path);
  }

  async close(): Promise<void> {
    await this.#session.close().finally(() => stop(this.#children));
  }
}

/** The browser has no display to go on with then, should it have outlived its driver. */
async function stop(children: readonly ChildProcess[]): Promise<void> {
  for (const child of [...children].reverse()) {
    if (child.exitCode !== null) continue;
    const ended = once(child, "exit");
    child.kill();
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
