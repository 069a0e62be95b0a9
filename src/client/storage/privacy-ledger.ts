/** What an answer about a data set cost of its privacy, or all answers together. */
interface Cost {
  readonly epsilon: number;
  readonly delta: number;
}

type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "berth.privacy-ledger";
const NOTHING: Cost = { epsilon: 0, delta: 0 };

/**
 * How much privacy each data set has spent in this browser, by a fingerprint of the data. It never
 * leaves, and its keys say nothing about the data.
 *
 * Costs add up (basic composition): k answers that are (εᵢ, δᵢ)-differentially private are together
 * (Σεᵢ, Σδᵢ). Source: Dwork, Kenthapadi, McSherry, Mironov, Naor, "Our Data, Ourselves", EUROCRYPT 2006.
 *
 * Where the shelf is missing, full or forbidden, the ledger lasts as long as the page.
 */
export class PrivacyLedger {
  readonly #shelf: Shelf | null;
  #inMemory = new Map<string, Cost>();

  constructor(shelf: Shelf | null) {
    this.#shelf = shelf;
  }

  /** All that this data set has spent; zero if nothing. */
  spent(key: string): Cost {
    return this.#read().get(key) ?? NOTHING;
  }

  /** Note down a cost, before what it is for is sent. */
  add(key: string, { epsilon, delta }: Cost): void {
    const costs = this.#read();
    const before = costs.get(key) ?? NOTHING;
    costs.set(key, { epsilon: before.epsilon + epsilon, delta: before.delta + delta });
    this.#write(costs);
  }

  /** Forget what was spent on every data set. What was sent stays sent. */
  clear(): void {
    this.#write(new Map());
  }

  /** Read anew each time: another tab may have spent some. */
  #read(): Map<string, Cost> {
    const costs = new Map(this.#inMemory);
    for (const [key, cost] of this.#stored()) {
      const own = costs.get(key);
      if (!own || cost.epsilon > own.epsilon) costs.set(key, cost);
    }
    return costs;
  }

  #stored(): [string, Cost][] {
    try {
      const held: unknown = JSON.parse(this.#shelf?.getItem(KEY) ?? "{}");
      if (typeof held !== "object" || held === null) return [];
      return Object.entries(held).filter((entry): entry is [string, Cost] => isCost(entry[1]));
    } catch {
      return []; // Not ours, or not allowed here.
    }
  }

  #write(costs: Map<string, Cost>): void {
    this.#inMemory = costs;
    try {
      if (costs.size === 0) this.#shelf?.removeItem(KEY);
      else this.#shelf?.setItem(KEY, JSON.stringify(Object.fromEntries(costs)));
    } catch {
      // Full or forbidden: the page remembers.
    }
  }
}

function isCost(value: unknown): value is Cost {
  if (typeof value !== "object" || value === null) return false;
  if (!("epsilon" in value && "delta" in value)) return false;
  return [value.epsilon, value.delta].every((part) => Number.isFinite(part) && Number(part) >= 0);
}
