import type { Format, Language } from "./format";

type Say<W> = (format: Format) => W;

/** How the same words are fetched in every language. */
export type Translations<W> = Readonly<Record<Language, () => Promise<Say<W>>>>;

interface Spoken {
  readonly language: Language;
  readonly format: Format;
}

/** The words of one part of the page. Each language is fetched when it is first spoken. */
export class Vocabulary<W> {
  #learnt = $state.raw<Readonly<Partial<Record<Language, Say<W>>>>>({});
  readonly #translations: Translations<W>;
  readonly #spoken: Spoken;

  constructor(spoken: Spoken, translations: Translations<W>) {
    this.#spoken = spoken;
    this.#translations = translations;
  }

  readonly words = $derived.by((): W => {
    const { language, format } = this.#spoken;
    // Another language that was learnt, rather than none.
    const say = this.#learnt[language] ?? this.#learnt.en ?? this.#learnt.zh;
    if (!say) throw new Error("no words were learnt yet");
    return say(format);
  });

  knows(language: Language): boolean {
    return this.#learnt[language] !== undefined;
  }

  async learn(language: Language): Promise<void> {
    if (this.knows(language)) return;
    const say = await this.#translations[language]();
    this.#learnt = { ...this.#learnt, [language]: say };
  }
}
