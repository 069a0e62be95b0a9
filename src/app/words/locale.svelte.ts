import { createContext } from "svelte";

import { chinese } from "./chinese";
import { english, type Words } from "./english";
import { Format, type Language } from "./format";

const WORDS: Record<Language, (format: Format) => Words> = { en: english, zh: chinese };

/** The language in use, its words, and how it writes numbers. */
export class Locale {
  #language = $state<Language>("en");
  readonly format = $derived(new Format(this.#language));
  readonly words = $derived(WORDS[this.#language](this.format));

  constructor(language: Language) {
    this.#language = language;
  }

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
  }
}

export const [useLocale, provideLocale] = createContext<Locale>();
