import { Locale } from "./words/locale.svelte";
import type { Language } from "./words/format";
import { EPSILONS, LEVELS, type PrivacyChoice } from "./screens/predict/find/privacy";

export type Theme = "light" | "dark";

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "berth.";
const DEFAULT_PRIVACY: PrivacyChoice = { level: "reduced", epsilon: 1 };

/** What this browser remembers: language, theme, what may leave, and whether to look before it does. */
export class Settings {
  readonly locale: Locale;
  /** Null: as the system says. */
  #theme = $state<Theme | null>(null);
  #lookFirst = $state(false);
  #privacy = $state.raw(DEFAULT_PRIVACY);
  readonly #storage: Store;

  constructor(storage: Store, systemLanguage: string) {
    this.#storage = storage;
    const theme = storage.getItem(`${PREFIX}theme`);
    this.#theme = theme === "light" || theme === "dark" ? theme : null;
    this.#lookFirst = storage.getItem(`${PREFIX}look-first`) === "yes";
    const level = storage.getItem(`${PREFIX}privacy`);
    const epsilon = Number(storage.getItem(`${PREFIX}epsilon`));
    this.#privacy = {
      level: LEVELS.find((name) => name === level) ?? DEFAULT_PRIVACY.level,
      epsilon: EPSILONS.find((value) => value === epsilon) ?? DEFAULT_PRIVACY.epsilon,
    };
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

  get privacy(): PrivacyChoice {
    return this.#privacy;
  }

  set privacy(privacy: PrivacyChoice) {
    this.#privacy = privacy;
    this.#storage.setItem(`${PREFIX}privacy`, privacy.level);
    this.#storage.setItem(`${PREFIX}epsilon`, String(privacy.epsilon));
  }

  setLanguage(language: Language): void {
    this.locale.language = language;
    this.#storage.setItem(`${PREFIX}language`, language);
  }

  /** Forget everything remembered. The language in use stays until the page is loaded again. */
  clear(): void {
    for (const name of ["theme", "look-first", "privacy", "epsilon", "language"]) {
      this.#storage.removeItem(PREFIX + name);
    }
    this.#theme = null;
    this.#lookFirst = false;
    this.#privacy = DEFAULT_PRIVACY;
  }
}

function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith("zh") ? "zh" : "en";
}
