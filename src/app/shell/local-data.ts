/** Something of the user's, on this device or on the page. */
interface Kept {
  clear(): void | Promise<void>;
}

/** All that the page keeps of its user, to be cleared at once. */
export class LocalData {
  readonly #kept: Kept[] = [];

  add(...kept: readonly Kept[]): void {
    this.#kept.push(...kept);
  }

  async clear(): Promise<void> {
    await Promise.all(this.#kept.map(async (one) => one.clear()));
  }
}
