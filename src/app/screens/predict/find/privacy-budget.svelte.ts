import type { TableProfile } from "../../../../engine/kinds/table/columns/profile";
import type { Ledger } from "../../../clients";
import { fingerprintOf } from "./fingerprint";

/** Told of every ε that goes out. */
export interface Spender {
  spend(epsilon: number, delta: number): Promise<void>;
}

/** How much of its protection the present table has used up. */
export class PrivacyBudget implements Spender {
  #spent = $state(0);
  #key: Promise<string> | null = null;
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** The sum of ε of all that was sent of this table. */
  get spent(): number {
    return this.#spent;
  }

  async open(profile: TableProfile): Promise<void> {
    const key = (this.#key = fingerprintOf(profile));
    this.#spent = 0;
    await this.#read(key);
  }

  async spend(epsilon: number, delta: number): Promise<void> {
    const key = this.#key;
    if (!key) return;
    this.#ledger.add(await key, { epsilon, delta });
    await this.#read(key);
  }

  clear(): void {
    this.#ledger.clear();
    this.#spent = 0;
  }

  async #read(key: Promise<string>): Promise<void> {
    const { epsilon } = this.#ledger.spent(await key);
    if (this.#key === key) this.#spent = epsilon;
  }
}
