import { render } from "vitest-browser-svelte";

import App from "../../src/app/App.svelte";
import type { Clients } from "../../src/app/clients";
import { Router } from "../../src/app/router";
import { Opened } from "../../src/app/screens/opened";
import { screens } from "../../src/app/screens";
import type { ScreenModule } from "../../src/app/screens/screen";
import { Settings } from "../../src/app/settings.svelte";
import "../../src/app/theme.css";

/** The page on these clients, as `main.ts` makes it; with further screens if there are any. */
export async function openPage(
  clients: Clients,
  language = "en",
  others: Readonly<Record<string, () => Promise<ScreenModule>>> = {},
): Promise<void> {
  const all: Readonly<Record<string, () => Promise<ScreenModule>>> = { ...screens, ...others };
  const settings = new Settings(localStorage, language);
  await settings.ready;
  const router = new Router(Object.keys(all), "predict");
  const opened = new Opened(all, { clients, settings });
  await opened.open(router.current);
  await render(App, { settings, router, screens: opened });
}
