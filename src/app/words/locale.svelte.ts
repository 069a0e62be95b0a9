import { createContext } from "svelte";

import { AppError } from "../../contracts/outcome";
import type { Words } from "./english";
import { Format, type Language } from "./format";
import { type Translations, Vocabulary } from "./vocabulary.svelte";

const SHARED: Translations<Words> = {
  en: async () => (await import("./english")).english,
  zh: async () => (await import("./chinese")).chinese,
};

/** The language in use, its words, and how it writes numbers. */
export class Locale {
  #language = $state<Language>("en");
  readonly format = $derived(new Format(this.#language));
  readonly #shared = new Vocabulary(this, SHARED, null);
  readonly #vocabularies: Pick<Vocabulary<unknown>, "learn">[] = [this.#shared];

  get language(): Language {
    return this.#language;
  }

  /** What all screens say, once a language was spoken. */
  get words(): Words {
    return this.#shared.words;
  }

  /** The words of one screen, ready in the language in use. */
  async vocabulary<W>(translations: Translations<W>): Promise<Vocabulary<W>> {
    const vocabulary = new Vocabulary(this, translations, await translations[this.#language]());
    this.#vocabularies.push(vocabulary);
    return vocabulary;
  }

  /**
   * Change to a language, once all its words are here.
   *
   * @throws AppError `network_failed` if they do not come; the language stays as it was.
   */
  async speak(language: Language): Promise<void> {
    try {
      await Promise.all(this.#vocabularies.map(async (one) => one.learn(language)));
    } catch (cause) {
      throw new AppError("network_failed", `no words of ${language}`, {}, { cause });
    }
    this.#language = language;
  }
}

export const [useLocale, provideLocale] = createContext<Locale>();
