import type { PageStorage } from "../../../../client/storage/page-storage";
import { EPSILONS, LEVELS, type PrivacyChoice } from "../../../../workflows/find/privacy";

const PREFIX = "berth.";
const DEFAULT: PrivacyChoice = { level: "reduced", epsilon: 1 };

/** What this browser remembers of what may leave, and whether to look before it does. */
export class PrivacySettings {
  #lookFirst = $state(false);
  #choice = $state.raw(DEFAULT);
  readonly #storage: PageStorage;

  constructor(storage: PageStorage) {
    this.#storage = storage;
    this.#lookFirst = storage.getItem(`${PREFIX}look-first`) === "yes";
    const level = storage.getItem(`${PREFIX}privacy`);
    const epsilon = Number(storage.getItem(`${PREFIX}epsilon`));
    this.#choice = {
      level: LEVELS.find((name) => name === level) ?? DEFAULT.level,
      epsilon: EPSILONS.find((value) => value === epsilon) ?? DEFAULT.epsilon,
    };
  }

  get lookFirst(): boolean {
    return this.#lookFirst;
  }

  set lookFirst(lookFirst: boolean) {
    this.#lookFirst = lookFirst;
    this.#storage.setItem(`${PREFIX}look-first`, lookFirst ? "yes" : "no");
  }

  get choice(): PrivacyChoice {
    return this.#choice;
  }

  set choice(choice: PrivacyChoice) {
    this.#choice = choice;
    this.#storage.setItem(`${PREFIX}privacy`, choice.level);
    this.#storage.setItem(`${PREFIX}epsilon`, String(choice.epsilon));
  }

  /** Forget everything remembered. */
  clear(): void {
    for (const name of ["look-first", "privacy", "epsilon"])
      this.#storage.removeItem(PREFIX + name);
    this.#lookFirst = false;
    this.#choice = DEFAULT;
  }
}
