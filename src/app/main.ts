import "../contracts/no-eval";

import { mount } from "svelte";

import { ChartClient } from "../client/workers/chart-client";
import { DataClient } from "../client/workers/data-client";
import type { Dock } from "../client/dock/dock";
import { fetchOrtWasm } from "../client/workers/ort-wasm";
import { pageStorage } from "../client/storage/page-storage";
import { OwnSecret } from "../client/storage/own-secret";
import { PackageCache } from "../client/storage/package-cache";
import { PrivacyLedger } from "../client/storage/privacy-ledger";
import { WorkStore } from "../client/storage/work-store";
import { OwnClient } from "../client/workers/own-client";
import { ReuseClient } from "../client/workers/reuse-client";
import { SearchClient } from "../client/workers/search-client";
import { SpecClient } from "../client/workers/spec-client";
import App from "./App.svelte";
import { DockChoice } from "./dock-choice";
import { lazyDock } from "./lazy-dock";
import { loadedOnce } from "./loaded-once";
import { Router } from "./router";
import { OwnData } from "./own-data.svelte";
import { screens } from "./screens";
import { Opened } from "./screens/opened";
import { Settings } from "./settings.svelte";
import { LocalData } from "./shell/local-data";
import { Offline } from "./shell/offline.svelte";
import { Quay } from "./shell/quay.svelte";
import { ToShare } from "./to-share";
import "./theme/tokens.css";
import "./theme/base.css";

const COMPUTES = ["webgpu", "wasm", "typescript"] as const;
const asked = new URLSearchParams(location.search).get("compute");
const compute = COMPUTES.find((name) => name === asked) ?? "auto";

const key = new OwnSecret();
const data = new DataClient(
  () => new Worker(new URL("../../workers/data.worker.ts", import.meta.url), { type: "module" }),
  () => new Worker(new URL("../../workers/formats.worker.ts", import.meta.url), { type: "module" }),
  () =>
    new Worker(new URL("../../workers/database.worker.ts", import.meta.url), { type: "module" }),
  () =>
    new Worker(new URL("../../workers/pictures.worker.ts", import.meta.url), { type: "module" }),
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
const own = new OwnClient(
  () => new Worker(new URL("../../workers/own.worker.ts", import.meta.url), { type: "module" }),
  data,
  () => key.get(),
);
const outliner = new ChartClient(
  () => new Worker(new URL("../../workers/chart.worker.ts", import.meta.url), { type: "module" }),
);
const storage = pageStorage(() => localStorage);
const choice = new DockChoice(
  storage,
  document.baseURI,
  metaOf("berth-dock"),
  metaOf("berth-docks"),
);
const dock = openDock(choice);
const packages = new PackageCache(dock);
const ledger = new PrivacyLedger(storage);
const work = new WorkStore();
const offline = new Offline(import.meta.env.PROD ? "sw.js" : null);
const settings = new Settings(storage, navigator.language);
const router = new Router(Object.keys(screens));
const quay = new Quay();
const local = new LocalData();
local.add(packages, ledger, settings, choice, offline, { clear: () => key.renew() });
const clients = { data, spec, reuse, own, dock, searcher, outliner, packages, ledger, key, work };
const account = loadedOnce(async () => (await import("./account")).open(choice, settings.locale));
const shared = { own: new OwnData(), toShare: new ToShare() };
const page = { clients, settings, router, quay, ...shared, local, account };
const opened = new Opened(screens, page);

await settings.ready;
await opened.open(router.place.route).catch(() => undefined); // Then the page says so.
mount(App, {
  target: document.querySelector("#app")!,
  props: { settings, router, screens: opened, quay, local, offline, choice },
});

function openDock({ isOwn, used: { kind, base } }: DockChoice): Dock {
  if (kind === "api") {
    const address = isOwn ? "" : base.slice(0, -1);
    return lazyDock(
      true,
      async () => new (await import("../client/dock/http-dock")).HttpDock(address),
      async (call = {}) => (await import("../client/dock/charts")).httpChart(address, call),
    );
  }
  return lazyDock(
    false,
    async () => new (await import("../client/dock/static-dock")).StaticDock(base, searcher),
    async (call = {}) => (await import("../client/dock/charts")).staticChart(base, call),
  );
}

function metaOf(name: string): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
}
