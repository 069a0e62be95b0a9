import type { Component } from "svelte";

import type { AccountParts } from "../account";
import type { Clients } from "../clients";
import type { OwnData } from "../own-data.svelte";
import type { Router } from "../router";
import type { Settings } from "../settings.svelte";
import type { LocalData } from "../shell/local-data";
import type { Quay } from "../shell/quay.svelte";
import type { ToShare } from "../to-share";

/** What the page has for its screens. */
export interface ForScreens {
  readonly clients: Clients;
  readonly settings: Settings;
  readonly router: Router;
  readonly quay: Quay;
  readonly own: OwnData;
  readonly local: LocalData;
  readonly toShare: ToShare;
  /** Who is logged in, for screens of which an account is asked. Loads when it is first called. */
  readonly account: () => Promise<AccountParts>;
}

/** A screen that was opened. It keeps its state while another one is shown. */
export interface Screen {
  /** Of the document, in the language in use. */
  readonly title: string;
  readonly view: Component<Record<string, never>>;
  /** Gives the view what belongs to the screen; called where the view is about to be made. */
  provide(): void;
}

/** What the `index.ts` of a screen's folder has: `open`, called once. */
export interface ScreenModule {
  open(page: ForScreens): Promise<Screen>;
}
