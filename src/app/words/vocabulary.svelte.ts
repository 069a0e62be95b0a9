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
  readonly #first: Say<W>;
  readonly #translations: Translations<W>;
  readonly #spoken: Spoken;

  /** @param first - In the language spoken now. */
  constructor(spoken: Spoken, translations: Translations<W>, first: Say<W>) {
    this.#spoken = spoken;
    this.#translations = translations;
    this.#first = first;
    this.#learnt = { [spoken.language]: first };
  }

  readonly words = $derived.by((): W => {
    const { language, format } = this.#spoken;
    return (this.#learnt[language] ?? this.#first)(format);
  });

  async learn(language: Language): Promise<void> {
    if (this.#learnt[language]) return;
    const say = await this.#translations[language]();
    this.#learnt = { ...this.#learnt, [language]: say };
  }
}
