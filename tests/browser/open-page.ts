import { page as tab, userEvent } from "vitest/browser";
import { render } from "vitest-browser-svelte";

import App from "../../src/app/App.svelte";
import { pageStorage } from "../../src/client/storage/page-storage";
import type { Clients } from "../../src/app/clients";
import { DockChoice } from "../../src/app/dock-choice";
import { OwnData } from "../../src/app/own-data.svelte";
import { loadedOnce } from "../../src/app/loaded-once";
import { Router } from "../../src/app/router";
import { Opened } from "../../src/app/screens/opened";
import { screens } from "../../src/app/screens";
import type { ScreenModule } from "../../src/app/screens/screen";
import { LocalData } from "../../src/app/shell/local-data";
import { Offline } from "../../src/app/shell/offline.svelte";
import { Quay } from "../../src/app/shell/quay.svelte";
import { ToShare } from "../../src/app/to-share";
import { Settings } from "../../src/app/settings.svelte";
import "../../src/app/theme/tokens.css";
import "../../src/app/theme/base.css";

/** The page on these clients, as `main.ts` makes it; with further screens if there are any. */
export async function openPage(
  clients: Clients,
  language = "en",
  others: Readonly<Record<string, () => Promise<ScreenModule>>> = {},
): Promise<void> {
  const all: Readonly<Record<string, () => Promise<ScreenModule>>> = { ...screens, ...others };
  const settings = new Settings(localStorage, language);
  await settings.ready;
  const router = new Router(Object.keys(all));
  const quay = new Quay();
  const local = new LocalData();
  local.add(clients.packages, clients.ledger, settings, { clear: () => clients.key.renew() });
  const choice = new DockChoice(
    pageStorage(() => localStorage),
    document.baseURI,
  );
  const account = loadedOnce(async () =>
    (await import("../../src/app/account")).open(choice, settings.locale),
  );
  const shared = { own: new OwnData(), toShare: new ToShare() };
  const page = { clients, settings, router, quay, ...shared, local, account };
  const opened = new Opened(all, page);
  await opened.open(router.place.route);
  const offline = new Offline(null);
  await render(App, { settings, router, screens: opened, quay, local, offline, choice });
}

/** Go to a step of the rail. */
export async function goTo(step: "data" | "match" | "models" | "predictions"): Promise<void> {
  await tab.getByTestId(`step-${step}`).click();
}

/** Open what stayed and what left. */
export async function openQuay(): Promise<void> {
  await tab.getByTestId("quay").getByRole("button").first().click();
}

export async function closeQuay(): Promise<void> {
  await userEvent.keyboard("{Escape}");
}

/** Open what the chosen way of describing the rows shows of them. */
export async function openLeaveDetails(): Promise<void> {
  await tab.getByText("What does it show?").click();
}
