import type { PageStorage } from "../client/storage/page-storage";

/** Where a dock is. */
export interface DockPlace {
  /** One that runs, or one of plain files. */
  readonly kind: "api" | "static";
  /** What its own paths are below; absolute, with a slash at its end. */
  readonly base: string;
}

const KEY = "berth.dock";

/**
 * Which dock the page uses: the one that it was made for, or another that was chosen on this device. Another is of the
 * page's own origin, or of one that the page's operator names. Whichever it is, it stays until the page loads again.
 */
export class DockChoice {
  readonly own: DockPlace;
  readonly used: DockPlace;
  /** One that was chosen, and that the operator no longer lets the page ask. */
  readonly refused: DockPlace | null;
  /** Origins beside the page's own. */
  readonly origins: readonly string[];
  readonly #storage: PageStorage;
  readonly #page: URL;

  /**
   * @param page - Where the page is.
   * @param own - `static:` and where the files of a dock lie, beside the page; else the dock that served the page.
   * @param origins - Of other docks, with spaces between them.
   */
  constructor(storage: PageStorage, page: string, own = "api", origins = "") {
    this.#storage = storage;
    this.#page = new URL(page);
    this.origins = origins.split(" ").filter((one) => one !== "");
    this.own = own.startsWith("static:")
      ? { kind: "static", base: new URL(own.slice("static:".length), page).href }
      : { kind: "api", base: new URL("/", page).href };
    const chosen = placeIn(storage.getItem(KEY));
    const isAllowed = chosen !== null && this.allows(new URL(chosen.base));
    this.used = isAllowed ? chosen : this.own;
    this.refused = isAllowed ? null : chosen;
  }

  get isOwn(): boolean {
    return this.used === this.own;
  }

  /** Whether people can have an account at the dock in use: the browser holds a session of the page's own alone. */
  get hasAccounts(): boolean {
    return this.isOwn && this.used.kind === "api";
  }

  /** Whether the page may ask what lies there. */
  allows({ origin }: URL): boolean {
    return origin === this.#page.origin || this.origins.includes(origin);
  }

  /** Whether another site is asked than the one that served the page. */
  isElsewhere({ base }: DockPlace): boolean {
    return new URL(base).origin !== this.#page.origin;
  }

  /** How a place is told: its address, without what the page has in common with it. */
  tell({ base }: DockPlace): string {
    const { origin, host, pathname } = new URL(base);
    return origin === this.#page.origin && pathname !== "/"
      ? pathname
      : host + pathname.replace(/\/$/, "");
  }

  /** From the next load on. */
  choose({ kind, base }: DockPlace): void {
    if (kind === this.own.kind && base === this.own.base) this.clear();
    else this.#storage.setItem(KEY, JSON.stringify({ kind, base }));
  }

  /** From the next load on, the page's own. */
  clear(): void {
    this.#storage.removeItem(KEY);
  }
}

/** What was kept, which others may have written too. */
function placeIn(kept: string | null): DockPlace | null {
  try {
    const { kind, base } = JSON.parse(kept ?? "") as Partial<DockPlace>;
    const isPlace = (kind === "api" || kind === "static") && new URL(base ?? "").href === base;
    return isPlace && base.endsWith("/") ? { kind, base } : null;
  } catch {
    return null;
  }
}
