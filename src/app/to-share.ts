import type { PreflightReport } from "../engine/specification/publish/preflight";

/** A learnware that was made on another screen, to be shared. */
export interface Handed {
  readonly fileName: string;
  readonly zip: Blob;
  /** Of the outline in it: how it was looked at before; null where it was not made just now. */
  readonly preflight: PreflightReport | null;
}

/** What other screens hand to the one that shares. */
export class ToShare {
  #handed: Handed | null = null;

  give(handed: Handed): void {
    this.#handed = handed;
  }

  /** What was given and not taken yet. */
  take(): Handed | null {
    const handed = this.#handed;
    this.#handed = null;
    return handed;
  }
}
