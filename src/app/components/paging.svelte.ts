/** Shows a long list a page at a time, with a filter by name. */
export class Paging<T> {
  #page = $state(0);
  #filter = $state("");
  readonly #items: () => readonly T[];
  readonly #nameOf: (item: T) => string;
  readonly #size: number;

  constructor(items: () => readonly T[], nameOf: (item: T) => string, size: number) {
    this.#items = items;
    this.#nameOf = nameOf;
    this.#size = size;
  }

  readonly #found = $derived.by(() => {
    const wanted = this.#filter.trim().toLowerCase();
    const items = this.#items();
    return wanted
      ? items.filter((item) => this.#nameOf(item).toLowerCase().includes(wanted))
      : items;
  });

  get pages(): number {
    return Math.max(1, Math.ceil(this.#found.length / this.#size));
  }

  /** Counted from 0; within what there is, however the list has shrunk. */
  get page(): number {
    return Math.min(this.#page, this.pages - 1);
  }

  set page(page: number) {
    this.#page = Math.max(0, Math.min(page, this.pages - 1));
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(filter: string) {
    this.#filter = filter;
    this.#page = 0;
  }

  /** Whether the whole list needs more than one page. */
  get isLong(): boolean {
    return this.#items().length > this.#size;
  }

  get shown(): readonly T[] {
    return this.#found.slice(this.page * this.#size, (this.page + 1) * this.#size);
  }
}
