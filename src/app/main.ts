import { mount } from "svelte";

import { DataClient } from "../client/workers/data-client";
import type { Dock } from "../client/dock/dock";
import { fetchOrtWasm } from "../client/workers/ort-wasm";
import { pageStorage } from "../client/storage/page-storage";
import { OwnSecret } from "../client/storage/own-secret";
import { PackageCache } from "../client/storage/package-cache";
import { PrivacyLedger } from "../client/storage/privacy-ledger";
import { ReuseClient } from "../client/workers/reuse-client";
import { SearchClient } from "../client/workers/search-client";
import { SpecClient } from "../client/workers/spec-client";
import App from "./App.svelte";
import { lazyDock } from "./lazy-dock";
import { Router } from "./router";
import { screens } from "./screens";
import { Opened } from "./screens/opened";
import { Settings } from "./settings.svelte";
import "./theme.css";

const COMPUTES = ["webgpu", "wasm", "typescript"] as const;
const asked = new URLSearchParams(location.search).get("compute");
const compute = COMPUTES.find((name) => name === asked) ?? "auto";

const key = new OwnSecret();
const data = new DataClient(
  () => new Worker(new URL("../../workers/data.worker.ts", import.meta.url), { type: "module" }),
);
const searcher = new SearchClient(
  () => new Worker(new URL("../../workers/search.worker.ts", import.meta.url), { type: "module" }),
);
const spec = new SpecClient(
  () => new Worker(new URL("../../workers/spec.worker.ts", import.meta.url), { type: "module" }),
  data,
  compute,
  () => key.get(),
);
const reuse = new ReuseClient(
  () => new Worker(new URL("../../workers/reuse.worker.ts", import.meta.url), { type: "module" }),
  data,
  fetchOrtWasm,
  () => key.get(),
);
const dock = openDock(document.querySelector<HTMLMetaElement>('meta[name="berth-dock"]')?.content);
const packages = new PackageCache(dock);
const storage = pageStorage(() => localStorage);
const ledger = new PrivacyLedger(storage);
const settings = new Settings(storage, navigator.language);
const router = new Router(Object.keys(screens), "predict");
const clients = { data, spec, reuse, dock, searcher, packages, ledger, key };
const opened = new Opened(screens, { clients, settings });

await settings.ready;
await opened.open(router.current).catch(() => undefined); // Then the page says so.
mount(App, {
  target: document.querySelector("#app")!,
  props: { settings, router, screens: opened },
});

/**
 * The dock that the page was made for.
 *
 * @param choice - `static:` and where the files of a dock lie, beside the page; else the dock that
 *   served the page.
 */
function openDock(choice = "api"): Dock {
  if (!choice.startsWith("static:")) {
    return lazyDock(true, async () => new (await import("../client/dock/http-dock")).HttpDock());
  }
  const files = new URL(choice.slice("static:".length), document.baseURI).href;
  return lazyDock(
    false,
    async () => new (await import("../client/dock/static-dock")).StaticDock(files, searcher),
  );
}
