/**
 * @file The service worker: keeps the files of the page, and of the dock what was fetched and is the same for everybody,
 * so that the page opens and goes on without a network. The build writes it to `sw.js` with the list of its files.
 *
 * It sees requests, as the network does, and keeps answers to a list of addresses that say nothing of the user. What is
 * posted, and an address with words in it, passes through.
 */

/** Of the build, without a slash at the front; `index.html` is what the page's own address gives. */
declare const FILES: readonly string[];
/** Large ones, kept when they are first used or asked for. */
declare const LARGE: readonly string[];
/** Of all files. */
declare const VERSION: string;

declare const self: ServiceWorkerGlobalScope;

const PREFIX = "berth-page-";
const PAGE = PREFIX + VERSION;
const DOCK = "berth-dock";
/** Answers of the dock that are kept, the oldest going first, and how large one may be. */
const MOST_ANSWERS = 400;
const MOST_BYTES = 16 << 20;

const known = new Set([...FILES, ...LARGE]);
const ofDock =
  /(^|\/)(api\/v1\/(islands(\/[^/]+(\/sketches)?)?|chart|books\/[^/]+|specifications|learnwares\/[^/]+(\/specification)?)|dock\/(index\.json|(?!packages\/)[a-z]+\/[^/]+))$/;

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const path = pathOf(url);
  if (path !== null && known.has(path)) event.respondWith(ownFile(path, request));
  else if (path?.startsWith("assets/") === true) event.respondWith(ofAnyVersion(request));
  else if (ofDock.test(url.pathname)) event.respondWith(answerOfDock(request));
});

self.addEventListener("message", (event) => {
  if (event.data === "use") void self.skipWaiting();
  if (event.data === "all") event.waitUntil(keepAll(event.ports[0]));
  if (isUsed(event.data)) event.waitUntil(keepUsed(event.data.used));
});

/** Of a file of the page, as the build lists it; null elsewhere. */
function pathOf(url: URL): string | null {
  const scope = new URL(self.registration.scope).pathname;
  if (!url.pathname.startsWith(scope)) return null;
  return url.pathname.slice(scope.length) || "index.html";
}

async function install(): Promise<void> {
  const cache = await caches.open(PAGE);
  // Past the browser's own cache, in which a file without a hash in its name may be an older one.
  await cache.addAll(
    FILES.map((path) => new Request(path, path.startsWith("assets/") ? {} : { cache: "no-cache" })),
  );
}

async function activate(): Promise<void> {
  // Tabs of the version before may still ask for its files; older ones go.
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PAGE);
  await Promise.all(names.slice(0, -1).map(async (name) => caches.delete(name)));
  await self.clients.claim();
}

async function ownFile(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(PAGE);
  const held = await cache.match(path);
  if (held) return held;
  const answer = await fetch(request);
  if (isWhole(answer)) await cache.put(path, answer.clone());
  return answer;
}

/** A file of another version, which a tab that was open before still shows. */
async function ofAnyVersion(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** As the dock has it now; without a network, as it was. */
async function answerOfDock(request: Request): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(request);
  } catch (error) {
    const held = await (await caches.open(DOCK)).match(request.url);
    if (held) return held;
    throw error;
  }
  const size = Number(answer.headers.get("Content-Length") ?? 0);
  if (isWhole(answer) && size <= MOST_BYTES) void keep(request.url, answer.clone());
  return answer;
}

async function keep(url: string, answer: Response): Promise<void> {
  try {
    const cache = await caches.open(DOCK);
    await cache.delete(url);
    await cache.put(url, answer);
    const keys = await cache.keys();
    for (const old of keys.slice(0, Math.max(0, keys.length - MOST_ANSWERS))) {
      await cache.delete(old);
    }
  } catch {
    // No space: it is fetched again.
  }
}

/** Also what only a prediction needs. */
async function keepAll(port: MessagePort | undefined): Promise<void> {
  try {
    const cache = await caches.open(PAGE);
    for (const path of LARGE) {
      if (!(await cache.match(path))) await cache.add(path);
    }
    port?.postMessage(true);
  } catch {
    port?.postMessage(false);
  }
}

function isUsed(data: unknown): data is { used: string[] } {
  return typeof data === "object" && data !== null && "used" in data && Array.isArray(data.used);
}

/** What a page fetched before it was served from here: the browser's own cache mostly has it still. */
async function keepUsed(addresses: readonly string[]): Promise<void> {
  for (const address of new Set(addresses)) {
    const url = new URL(address);
    if (url.origin !== self.location.origin || (await caches.match(address))) continue;
    const path = pathOf(url);
    try {
      if (path !== null && known.has(path)) await ownFile(path, new Request(address));
      else if (ofDock.test(url.pathname)) await answerOfDock(new Request(address));
    } catch {
      // The network has gone in the meantime: the next visit keeps it.
    }
  }
}

function isWhole(answer: Response): boolean {
  return answer.status === 200 && answer.type === "basic";
}

export {};
