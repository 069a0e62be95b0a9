/** What a page keeps for itself in this browser. */
export type PageStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * A storage that is never refused: what the browser will not keep, because site data are blocked or no space is left,
 * lasts as long as the page.
 *
 * @param open - The browser's own; may throw.
 */
export function pageStorage(open: () => Storage): PageStorage {
  const own = attempt(open);
  const memory = new Map<string, string | null>();
  return {
    getItem: (key) => {
      const held = memory.get(key);
      return held === undefined ? (attempt(() => own?.getItem(key)) ?? null) : held;
    },
    setItem: (key, value) => keep(key, value, () => own?.setItem(key, value)),
    removeItem: (key) => keep(key, null, () => own?.removeItem(key)),
  };

  function keep(key: string, value: string | null, write: () => void): void {
    memory.set(key, value);
    attempt(write);
    // Another page may change what this browser keeps; what it does not keep is remembered here.
    if (own && attempt(() => own.getItem(key)) === value) memory.delete(key);
  }
}

function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined; // Not for this site, or no space left.
  }
}
