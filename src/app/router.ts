import { createSubscriber } from "svelte/reactivity";

/** Where an address leads: a screen, and what it is asked to show. */
export interface Place {
  /** One of the router's routes. */
  readonly route: string;
  /** What stands at the `:id` of the route; null where it has none. */
  readonly id: string | null;
  /** What follows a question mark in the hash. */
  readonly query: URLSearchParams;
}

const HOME = "";

/**
 * Which screen the address names. Routes are hashes (`#/models/:id?sort=size`), because the page may
 * lie in any folder of a host; a hash without the slash is a place on the screen that is shown.
 */
export class Router {
  readonly #routes: readonly string[];
  #place: Place = { route: HOME, id: null, query: new URLSearchParams() };

  /** @param routes - Without the `#/`; "" is where an address leads that names no screen. */
  constructor(routes: readonly string[]) {
    this.#routes = routes;
    this.#read();
  }

  #update = (): void => undefined;
  readonly #subscribe = createSubscriber((update) => {
    const follow = (): void => {
      this.#read();
      update();
    };
    this.#update = update;
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  });

  get place(): Place {
    this.#subscribe();
    return this.#place;
  }

  /** Say in the address what is shown now, without a new entry in the history. */
  replaceQuery(query = new URLSearchParams()): void {
    const [path] = location.hash.split("?");
    const said = query.toString();
    const hash = `${path === "" ? "#/" : path}${said === "" ? "" : `?${said}`}`;
    history.replaceState(history.state, "", hash);
    this.#read();
    this.#update();
  }

  #read(): void {
    const { hash } = location;
    if (hash !== "" && !hash.startsWith("#/")) return;
    const [path = "", query = ""] = hash.slice("#/".length).split("?");
    for (const route of this.#routes) {
      const id = idIn(path, route);
      if (id === undefined) continue;
      this.#place = { route, id, query: new URLSearchParams(query) };
      return;
    }
    this.#place = { route: HOME, id: null, query: new URLSearchParams() };
    history.replaceState(history.state, "", "#/");
  }
}

/** What a path has for the `:id` of a route; null if the route has none, undefined if it is another route. */
function idIn(path: string, route: string): string | null | undefined {
  if (path === route) return null;
  if (!route.endsWith("/:id")) return undefined;
  const folder = route.slice(0, -":id".length);
  if (!path.startsWith(folder) || path.length === folder.length) return undefined;
  try {
    return decodeURIComponent(path.slice(folder.length));
  } catch {
    return undefined; // Not an address that this page has written.
  }
}
