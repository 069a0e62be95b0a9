import type { PageStorage } from "../client/storage/page-storage";
import type { Language } from "./words/format";
import { Locale } from "./words/locale.svelte";

export type Theme = "light" | "dark";

const PREFIX = "berth.";

/** What this browser remembers of the page as a whole: language and theme. */
export class Settings {
  readonly locale = new Locale();
  readonly storage: PageStorage;
  /** Settles when the words of the remembered language are here; English is spoken if they do not come. */
  readonly ready: Promise<void>;
  /** Null: as the system says. */
  #theme = $state<Theme | null>(null);

  constructor(storage: PageStorage, systemLanguage: string) {
    this.storage = storage;
    const theme = storage.getItem(`${PREFIX}theme`);
    this.#theme = theme === "light" || theme === "dark" ? theme : null;
    const stored = storage.getItem(`${PREFIX}language`);
    this.ready = this.locale
      .speak(languageOf(stored ?? systemLanguage))
      .catch(() => this.locale.speak("en"));
  }

  get theme(): Theme | null {
    return this.#theme;
  }

  set theme(theme: Theme | null) {
    this.#theme = theme;
    if (theme) this.storage.setItem(`${PREFIX}theme`, theme);
    else this.storage.removeItem(`${PREFIX}theme`);
  }

  async setLanguage(language: Language): Promise<void> {
    await this.locale.speak(language);
    // Another one may have been asked for since.
    if (this.locale.language !== language) return;
    this.storage.setItem(`${PREFIX}language`, language);
  }

  /** Forget everything remembered. The language in use stays until the page is loaded again. */
  clear(): void {
    this.storage.removeItem(`${PREFIX}language`);
    this.theme = null;
  }
}

function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith("zh") ? "zh" : "en";
}
