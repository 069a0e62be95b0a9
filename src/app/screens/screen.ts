import type { Component } from "svelte";

import type { Clients } from "../clients";
import type { Settings } from "../settings.svelte";

/** What the page has for its screens. */
export interface ForScreens {
  readonly clients: Clients;
  readonly settings: Settings;
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
