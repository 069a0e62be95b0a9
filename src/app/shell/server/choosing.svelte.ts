import { findDock, type FoundDock } from "../../../client/dock/find-dock";
import type { DockChoice, DockPlace } from "../../dock-choice";
import { problemOf } from "../../problem";
import { type AddressRefusal, typedAddress } from "./address";

export type ChoosingState =
  | { readonly kind: "typing" }
  | { readonly kind: "refused"; readonly why: AddressRefusal; readonly host: string }
  /** Nothing was asked of the place yet. */
  | { readonly kind: "confirm"; readonly place: DockPlace }
  | { readonly kind: "asking"; readonly place: DockPlace }
  | { readonly kind: "in_use" }
  | { readonly kind: "not_found" | "not_reached"; readonly place: DockPlace };

/** The way to another dock. Nobody else is asked anything before the user has said yes. */
export class Choosing {
  #state = $state.raw<ChoosingState>({ kind: "typing" });
  readonly #choice: DockChoice;
  readonly #reload: () => void;

  constructor(choice: DockChoice, reload = () => location.reload()) {
    this.#choice = choice;
    this.#reload = reload;
  }

  get state(): ChoosingState {
    return this.#state;
  }

  /** Look at what was typed. */
  type(text: string): void {
    const typed = typedAddress(text, document.baseURI, this.#choice);
    if ("refused" in typed) {
      this.#state = { kind: "refused", why: typed.refused, host: typed.host };
    } else {
      // Which of the two it is will be found out.
      this.#state = { kind: "confirm", place: { kind: "api", base: typed.base } };
    }
  }

  cancel(): void {
    this.#state = { kind: "typing" };
  }

  /** The user said yes: look whether there is a dock, and load the page again with it. */
  async confirm(): Promise<void> {
    if (this.#state.kind !== "confirm") return;
    const { place } = this.#state;
    this.#state = { kind: "asking", place };
    try {
      const { kind, base } = await findDock(place.base);
      const { used } = this.#choice;
      if (kind === used.kind && base === used.base) {
        this.#state = { kind: "in_use" };
        return;
      }
      this.#choice.choose({ kind, base });
      this.#reload();
    } catch (error) {
      const isOther = problemOf(error)?.code === "not_found";
      this.#state = { kind: isOther ? "not_found" : "not_reached", place };
    }
  }

  goBack(): void {
    this.#choice.clear();
    this.#reload();
  }
}

/** What the dock in use says of itself; null if it does not answer. */
export async function inUse({ used }: DockChoice): Promise<FoundDock | null> {
  try {
    return await findDock(used.base);
  } catch {
    return null;
  }
}
