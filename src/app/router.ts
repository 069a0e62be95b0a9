import { createSubscriber } from "svelte/reactivity";

/**
 * Which screen the address names. Routes are hashes (`#/predict`), because the page may lie in any
 * folder of a host; a hash without the slash is a place on the screen that is shown.
 */
export class Router {
  readonly #names: readonly string[];
  readonly #home: string;
  #current: string;

  /** @param home - Where an address leads that names no screen. */
  constructor(names: readonly string[], home: string) {
    this.#names = names;
    this.#home = home;
    this.#current = home;
    this.#read();
  }

  readonly #subscribe = createSubscriber((update) => {
    const follow = (): void => {
      this.#read();
      update();
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  });

  get current(): string {
    this.#subscribe();
    return this.#current;
  }

  #read(): void {
    const { hash } = location;
    if (hash !== "" && !hash.startsWith("#/")) return;
    const named = this.#names.find((name) => hash === `#/${name}`);
    this.#current = named ?? this.#home;
    if (hash !== "" && !named) history.replaceState(history.state, "", `#/${this.#home}`);
  }
}
