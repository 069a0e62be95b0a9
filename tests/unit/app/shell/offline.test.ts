import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Offline } from "../../../../src/app/shell/offline.svelte";

/** The browser's side: what the page registers and is told. */
class Browser extends EventTarget {
  controller: object | null = null;
  /** What was said to the worker in use, and to the one that waits. */
  readonly said: unknown[] = [];
  readonly registered: unknown[] = [];
  readonly registration = Object.assign(new EventTarget(), {
    installing: null as EventTarget | null,
    waiting: null as { postMessage: (message: unknown) => void } | null,
    unregister: vi.fn(async () => true),
  });
  answer: unknown = true;
  isBlocked = false;

  readonly ready = Promise.resolve({
    active: {
      postMessage: (message: unknown, ports: readonly MessagePort[] = []) => {
        this.said.push(message);
        for (const port of ports) port.postMessage(this.answer);
      },
    },
  });
  async register(...what: unknown[]): Promise<object> {
    if (this.isBlocked) throw new DOMException("site data are blocked", "SecurityError");
    this.registered.push(what);
    return this.registration;
  }
  getRegistration = async () => this.registration;
  /** Another version has come, and waits. */
  update(): void {
    const coming = new EventTarget();
    this.registration.installing = coming;
    this.registration.dispatchEvent(new Event("updatefound"));
    this.registration.waiting = { postMessage: (message) => this.said.push(message) };
    coming.dispatchEvent(new Event("statechange"));
  }
}

let browser: Browser;
const reload = vi.fn();
const deleted: string[] = [];

beforeEach(() => {
  browser = new Browser();
  reload.mockClear();
  deleted.length = 0;
  vi.stubGlobal("navigator", { serviceWorker: browser });
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("caches", {
    keys: async () => ["berth-page", "berth-answers", "of another page"],
    delete: async (name: string) => deleted.push(name),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("the page without a network", () => {
  test("is not kept before it is of use, and then registered once", async () => {
    const offline = new Offline("sw.js");
    expect([offline.isPossible, browser.registered]).toEqual([true, []]);
    await Promise.all([offline.begin(), offline.begin()]);
    expect(browser.registered).toEqual([["sw.js", { updateViaCache: "none" }]]);
  });

  test("is registered at once where it serves the page already", async () => {
    browser.controller = {};
    expect(new Offline("sw.js").isNewer).toBe(false);
    expect(browser.registered).toHaveLength(1);
  });

  test("is not possible in development, nor where the browser has no workers for it", async () => {
    expect(new Offline(null).isPossible).toBe(false);
    vi.stubGlobal("navigator", {});
    const offline = new Offline("sw.js");
    expect(offline.isPossible).toBe(false);
    await offline.begin();
    await offline.getAll();
    expect(offline.getting).toBe("failed");
    await offline.clear();
    expect(offline.getting).toBe("idle");
  });

  test("is tried again where site data were blocked", async () => {
    browser.isBlocked = true;
    const offline = new Offline("sw.js");
    await offline.begin();
    await offline.getAll();
    expect(offline.getting).toBe("failed");
    browser.isBlocked = false;
    await offline.getAll();
    await vi.waitFor(() => expect(offline.getting).toBe("done"));
  });

  test("has everything at hand once the worker says so, and not before", async () => {
    const offline = new Offline("sw.js");
    expect(offline.getting).toBe("idle");
    await offline.getAll();
    expect(offline.getting).toBe("busy");
    await vi.waitFor(() => expect(offline.getting).toBe("done"));
    expect(browser.said).toContain("all");
    browser.answer = false;
    await offline.getAll();
    await vi.waitFor(() => expect(offline.getting).toBe("failed"));
  });

  test("tells of another version, and uses it when told to, with one reload", async () => {
    browser.controller = {};
    const offline = new Offline("sw.js");
    await offline.begin();
    await offline.useNewer();
    expect([offline.isNewer, browser.said]).toEqual([false, []]);
    browser.update();
    expect(offline.isNewer).toBe(true);
    await offline.useNewer();
    expect(browser.said).toEqual(["use"]);
    expect(reload).not.toHaveBeenCalled();
    browser.dispatchEvent(new Event("controllerchange"));
    browser.dispatchEvent(new Event("controllerchange"));
    expect(reload).toHaveBeenCalledTimes(1);
  });

  test("does not take its own first version for another one", async () => {
    const offline = new Offline("sw.js");
    await offline.begin();
    browser.update();
    expect(offline.isNewer).toBe(false);
  });

  test("is forgotten with what is the page's, and nobody else's", async () => {
    const offline = new Offline("sw.js");
    await offline.begin();
    await offline.clear();
    expect(browser.registration.unregister).toHaveBeenCalledTimes(1);
    expect(deleted).toEqual(["berth-page", "berth-answers"]);
    await offline.begin();
    expect(browser.registered).toHaveLength(2);
  });
});
