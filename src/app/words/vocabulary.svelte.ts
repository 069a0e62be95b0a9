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
  readonly #first: Say<W> | null;
  readonly #translations: Translations<W>;
  readonly #spoken: Spoken;

  /** @param first - In the language spoken now; null if they are yet to be learnt. */
  constructor(spoken: Spoken, translations: Translations<W>, first: Say<W> | null) {
    this.#spoken = spoken;
    this.#translations = translations;
    this.#first = first;
    if (first) this.#learnt = { [spoken.language]: first };
  }

  readonly words = $derived.by((): W => {
    const { language, format } = this.#spoken;
    const say = this.#learnt[language] ?? this.#first;
    if (!say) throw new Error("no words were learnt yet");
    return say(format);
  });

  async learn(language: Language): Promise<void> {
    if (this.#learnt[language]) return;
    const say = await this.#translations[language]();
    this.#learnt = { ...this.#learnt, [language]: say };
  }
}
