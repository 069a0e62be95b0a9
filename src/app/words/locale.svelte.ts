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
  /** Asked for last. In use as soon as its words are here. */
  #wanted: Language = "en";
  readonly format = $derived(new Format(this.#language));
  readonly #shared = new Vocabulary(this, SHARED);
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
    const vocabulary = new Vocabulary(this, translations);
    await vocabulary.learn(this.#language);
    // Asked for in the meantime, while this one was not among those to learn.
    while (!vocabulary.knows(this.#wanted)) await vocabulary.learn(this.#wanted);
    this.#vocabularies.push(vocabulary);
    return vocabulary;
  }

  /**
   * Change to a language, once all its words are here. Of several asked for, the last one counts.
   *
   * @throws AppError `network_failed` if they do not come; the language stays as it was.
   */
  async speak(language: Language): Promise<void> {
    this.#wanted = language;
    try {
      await Promise.all(this.#vocabularies.map(async (one) => one.learn(language)));
    } catch (cause) {
      if (this.#wanted !== language) return;
      this.#wanted = this.#language;
      throw new AppError("network_failed", `no words of ${language}`, {}, { cause });
    }
    if (this.#wanted === language) this.#language = language;
  }
}

export const [useLocale, provideLocale] = createContext<Locale>();
