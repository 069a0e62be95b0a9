export type Language = "en" | "zh";

const LOCALES: Record<Language, string> = { en: "en", zh: "zh-Hans" };

/** Numbers, shares, sizes and dates as people of a language write them. */
export class Format {
  readonly #integer: () => Intl.NumberFormat;
  readonly #number: () => Intl.NumberFormat;
  readonly #exact: () => Intl.NumberFormat;
  readonly #small: () => Intl.NumberFormat;
  readonly #decimal: () => Intl.NumberFormat;
  readonly #percent: () => Intl.NumberFormat;
  readonly #date: () => Intl.DateTimeFormat;
  readonly #time: () => Intl.DateTimeFormat;
  readonly #list: () => Intl.ListFormat;
  readonly #plural: () => Intl.PluralRules;

  constructor(language: Language) {
    const locale = LOCALES[language];
    const numbers = (options: Intl.NumberFormatOptions) =>
      whenUsed(() => new Intl.NumberFormat(locale, options));
    const dates = (options: Intl.DateTimeFormatOptions) =>
      whenUsed(() => new Intl.DateTimeFormat(locale, options));
    // Grouped so that 1995 stays a year.
    this.#integer = numbers({ maximumFractionDigits: 0, useGrouping: "min2" });
    this.#number = numbers({ maximumSignificantDigits: 4, useGrouping: "min2" });
    this.#exact = numbers({ maximumSignificantDigits: 15, useGrouping: "min2" });
    this.#small = numbers({ notation: "scientific", maximumSignificantDigits: 3 });
    this.#decimal = numbers({ maximumSignificantDigits: 3 });
    this.#percent = numbers({ style: "percent", maximumFractionDigits: 0 });
    this.#date = dates({ dateStyle: "medium", timeZone: "UTC" });
    this.#time = dates({ timeStyle: "short" });
    this.#list = whenUsed(() => new Intl.ListFormat(locale, { type: "conjunction" }));
    this.#plural = whenUsed(() => new Intl.PluralRules(locale));
  }

  integer(value: number): string {
    return this.#integer().format(value);
  }

  /** At most four significant figures; whole numbers below ten million in full. */
  number(value: number): string {
    if (Number.isInteger(value) && Math.abs(value) < 1e7) return this.#integer().format(value);
    const size = Math.abs(value);
    return size < 1e-4 || size >= 1e9 ? this.#small().format(value) : this.#number().format(value);
  }

  /** With all its figures, as a cell of a table. */
  exact(value: number): string {
    return this.#exact().format(value);
  }

  /** In full, never in powers of ten: 0.00001. */
  decimal(value: number): string {
    return this.#decimal().format(value);
  }

  /** Never rounds something to nothing, nor nearly all to all. */
  percent(share: number): string {
    if (share > 0 && share < 0.01) return `<${this.#percent().format(0.01)}`;
    if (share < 1 && share > 0.99) return `>${this.#percent().format(0.99)}`;
    return this.#percent().format(share);
  }

  bytes(count: number): string {
    if (count < 1000) return `${this.#integer().format(count)} B`;
    if (count < 1e6) return `${this.#number().format(Number((count / 1e3).toPrecision(3)))} kB`;
    return `${this.#number().format(Number((count / 1e6).toPrecision(3)))} MB`;
  }

  date(milliseconds: number): string {
    return this.#date().format(milliseconds);
  }

  /** Of the day, on this device's clock. */
  time(milliseconds: number): string {
    return this.#time().format(milliseconds);
  }

  list(items: readonly string[]): string {
    return this.#list().format(items);
  }

  /** "1 row", "2 rows": for languages that tell one from many. */
  counted(count: number, one: string, many: string): string {
    return `${this.integer(count)} ${this.#plural().select(count) === "one" ? one : many}`;
  }
}

/** Each takes milliseconds to make, and the first screen needs few. */
function whenUsed<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
