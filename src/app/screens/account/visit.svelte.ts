import { findDock } from "../../../client/dock/find-dock";
import type { Registration } from "../../../contracts/http/dock-api";
import type { Router } from "../../router";

/** What the link of a letter opens. */
export interface OpenedLink {
  readonly kind: "confirm" | "reset";
  readonly code: string;
  /** It was sent to no address, so that one has to be given. */
  readonly isForAdmin: boolean;
}

/** What somebody has come to the account for. */
export class Visit {
  #link = $state.raw<OpenedLink | null>(null);
  #registration = $state.raw<Registration | null>(null);
  /** The screen that whoever logs in came from. */
  #then: string | null = null;
  readonly #router: Pick<Router, "place" | "replaceQuery">;

  /** Takes at once what stands in the address. */
  constructor(router: Pick<Router, "place" | "replaceQuery">) {
    this.#router = router;
    this.follow();
  }

  get link(): OpenedLink | null {
    return this.#link;
  }

  /** Who gets an account; null until it is known, and where nobody says so. */
  get registration(): Registration | null {
    return this.#registration;
  }

  /** Takes what a link carries out of the address, where others could read it later. */
  follow(): void {
    const { route, query } = this.#router.place;
    if (route !== "account") return;
    for (const kind of ["confirm", "reset"] as const) {
      const code = query.get(kind);
      if (code !== null) this.#link = { kind, code, isForAdmin: query.get("for") === "admin" };
    }
    this.#then = /^[a-z]+$/.exec(query.get("then") ?? "")?.[0] ?? this.#then;
    if (query.size > 0) this.#router.replaceQuery();
  }

  /** The link was of use, or is not to be. */
  closeLink(): void {
    this.#link = null;
  }

  /** Finds out who gets an account. Without an answer nothing is said of it. */
  async askRegistration(): Promise<void> {
    this.#registration = await findDock(`${location.origin}/`).then(
      ({ registration }) => registration,
      () => null,
    );
  }

  /** Goes back to where whoever has logged in came from. */
  goOn(): void {
    if (this.#then === null) return;
    location.hash = `#/${this.#then}`;
    this.#then = null;
  }
}
