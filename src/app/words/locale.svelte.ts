import { createContext } from "svelte";

import { AppError } from "../../contracts/outcome";
import { type LateMessages, type Message, messageFor } from "../messages";
import type { Problem } from "../problem";
import type { Words } from "./english";
import { Format, type Language } from "./format";
import { type Translations, Vocabulary } from "./vocabulary.svelte";

const SHARED: Translations<Words> = {
  en: async () => (await import("./english")).english,
  zh: async () => (await import("./chinese")).chinese,
};

/** Words of failures that are seldom seen. */
const LATE: Translations<LateMessages> = {
  en: async () => {
    const { englishLateMessages } = await import("./english-late-messages");
    return () => englishLateMessages;
  },
  zh: async () => {
    const { chineseLateMessages } = await import("./chinese-late-messages");
    return () => chineseLateMessages;
  },
};

/** The language in use, its words, and how it writes numbers. */
export class Locale {
  #language = $state<Language>("en");
  #hasNoMore = $state(false);
  /** Asked for last. In use as soon as its words are here. */
  #wanted: Language = "en";
  readonly format = $derived(new Format(this.#language));
  readonly #shared = new Vocabulary(this, SHARED);
  readonly #late = new Vocabulary(this, LATE);
  readonly #vocabularies: Pick<Vocabulary<unknown>, "learn">[] = [this.#shared];

  get language(): Language {
    return this.#language;
  }

  /** What all screens say, once a language was spoken. */
  get words(): Words {
    return this.#shared.words;
  }

  /**
   * What is said of a failure; null if nothing is to be, or as long as the words for it are fetched.
   * Without a network it is what is said of any failure.
   */
  messageOf(problem: Problem): Message | null {
    const early = messageFor(problem, this.words.messages);
    if (early !== undefined) return early;
    if (this.#late.knows(this.#language)) return messageFor(problem, this.#late.words) ?? null;
    return this.#hasNoMore
      ? messageFor({ ...problem, code: "internal" }, this.words.messages)!
      : null;
  }

  /** Fetch the words of all failures. */
  async learnMessages(): Promise<void> {
    try {
      await this.#late.learn(this.#language);
      this.#hasNoMore = false;
    } catch {
      this.#hasNoMore = true;
    }
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
