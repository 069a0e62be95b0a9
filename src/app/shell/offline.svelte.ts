/** Keeps the page at hand without a network, and tells when there is another version of it. */
export class Offline {
  /** Whether another version waits to be used. */
  #isNewer = $state(false);
  #getting = $state<"idle" | "busy" | "done" | "failed">("idle");
  #registration: Promise<ServiceWorkerRegistration | null> | null = null;
  #isReloading = false;
  readonly #address: string | null;

  /** @param address - Of the service worker; null where there is none, as in development. */
  constructor(address: string | null) {
    this.#address = "serviceWorker" in navigator ? address : null;
    // Whoever has it already is served by it, and is to hear of another version.
    if (this.isPossible && navigator.serviceWorker.controller) void this.begin();
  }

  /** Browsers offer it only to pages that came over https or from this computer. */
  get isPossible(): boolean {
    return this.#address !== null;
  }

  get isNewer(): boolean {
    return this.#isNewer;
  }

  get getting(): "idle" | "busy" | "done" | "failed" {
    return this.#getting;
  }

  /** Keep the files of the page from now on: called when they are first of use, so that a glance costs nobody anything. */
  async begin(): Promise<void> {
    this.#registration ??= this.#register();
    await this.#registration;
  }

  /** Also fetch what only a prediction needs. */
  async getAll(): Promise<void> {
    this.#getting = "busy";
    const worker = await this.#active();
    if (!worker) {
      this.#getting = "failed";
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.#getting = data === true ? "done" : "failed";
    };
    worker.postMessage("all", [port2]);
  }

  /** Use the other version, which loads the page again; the browser asks first where work would be lost. */
  async useNewer(): Promise<void> {
    const waiting = (await this.#registration)?.waiting;
    if (!waiting) return;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (this.#isReloading) return;
      this.#isReloading = true;
      location.reload();
    });
    waiting.postMessage("use");
  }

  /** Forget the files of the page and the dock's answers, and serve the page no more. */
  async clear(): Promise<void> {
    this.#getting = "idle";
    if (!this.isPossible) return;
    const registration = await navigator.serviceWorker.getRegistration();
    this.#registration = null;
    await registration?.unregister();
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith("berth-")).map((name) => caches.delete(name)),
    );
  }

  async #active(): Promise<ServiceWorker | null> {
    await this.begin();
    if (!(await this.#registration)) return null;
    return (await navigator.serviceWorker.ready).active;
  }

  async #register(): Promise<ServiceWorkerRegistration | null> {
    if (this.#address === null) return null;
    try {
      const registration = await navigator.serviceWorker.register(this.#address, {
        updateViaCache: "none",
      });
      const look = (): void => {
        this.#isNewer =
          registration.waiting !== null && navigator.serviceWorker.controller !== null;
      };
      registration.addEventListener("updatefound", () => {
        registration.installing?.addEventListener("statechange", look);
      });
      look();
      if (!navigator.serviceWorker.controller) void this.#catchUp();
      return registration;
    } catch {
      this.#registration = null; // Site data are blocked: the page works, as long as there is a network.
      return null;
    }
  }

  /** On the first visit, much is fetched before the page is served by its worker: say what, so that it is kept. */
  async #catchUp(): Promise<void> {
    const { active } = await navigator.serviceWorker.ready;
    new PerformanceObserver((list) => {
      active?.postMessage({ used: list.getEntries().map(({ name }) => name) });
    }).observe({ type: "resource", buffered: true });
  }
}
