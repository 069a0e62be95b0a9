import { Locale } from "../words/locale.svelte";
import type { Language } from "../words/format";

export type Theme = "light" | "dark";

const PREFIX = "berth.";

/** What this browser remembers: language, theme, and whether to look before anything is sent. */
export class Settings {
  readonly locale: Locale;
  /** Null: as the system says. */
  #theme = $state<Theme | null>(null);
  #lookFirst = $state(false);
  readonly #storage: Storage;

  constructor(storage: Storage, systemLanguage: string) {
    this.#storage = storage;
    const theme = storage.getItem(`${PREFIX}theme`);
    this.#theme = theme === "light" || theme === "dark" ? theme : null;
    this.#lookFirst = storage.getItem(`${PREFIX}look-first`) === "yes";
    const stored = storage.getItem(`${PREFIX}language`);
    this.locale = new Locale(languageOf(stored ?? systemLanguage));
  }

  get theme(): Theme | null {
    return this.#theme;
  }

  set theme(theme: Theme | null) {
    this.#theme = theme;
    if (theme) this.#storage.setItem(`${PREFIX}theme`, theme);
    else this.#storage.removeItem(`${PREFIX}theme`);
  }

  get lookFirst(): boolean {
    return this.#lookFirst;
  }

  set lookFirst(lookFirst: boolean) {
    this.#lookFirst = lookFirst;
    this.#storage.setItem(`${PREFIX}look-first`, lookFirst ? "yes" : "no");
  }

  setLanguage(language: Language): void {
    this.locale.language = language;
    this.#storage.setItem(`${PREFIX}language`, language);
  }

  /** Forget everything remembered. The language in use stays until the page is loaded again. */
  clear(): void {
    for (const name of ["theme", "look-first", "language"]) {
      this.#storage.removeItem(PREFIX + name);
    }
    this.#theme = null;
    this.#lookFirst = false;
  }
}

function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith("zh") ? "zh" : "en";
}
