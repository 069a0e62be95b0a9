import { AppError } from "../../contracts/outcome";
import type { ForScreens, Screen, ScreenModule } from "./screen";

type Modules = Readonly<Record<string, () => Promise<ScreenModule>>>;

/** Screens as they were opened, each loaded once. */
export class Opened {
  readonly #opening = new Map<string, Promise<Screen>>();
  readonly #opened = new Map<string, Screen>();
  readonly #modules: Modules;
  readonly #page: ForScreens;

  constructor(modules: Modules, page: ForScreens) {
    this.#modules = modules;
    this.#page = page;
  }

  /** The screen if it is open; null if it is not. */
  get(name: string): Screen | null {
    return this.#opened.get(name) ?? null;
  }

  /** @throws AppError `network_failed` if the screen could not be loaded; the next call tries again. */
  async open(name: string): Promise<Screen> {
    const opening = this.#opening.get(name) ?? this.#load(name);
    this.#opening.set(name, opening);
    try {
      const screen = await opening;
      this.#opened.set(name, screen);
      return screen;
    } catch (cause) {
      this.#opening.delete(name);
      throw new AppError("network_failed", `the screen ${name} did not load`, {}, { cause });
    }
  }

  async #load(name: string): Promise<Screen> {
    const load = this.#modules[name];
    if (!load) throw new AppError("not_found", `there is no screen ${name}`);
    return (await load()).open(this.#page);
  }
}
