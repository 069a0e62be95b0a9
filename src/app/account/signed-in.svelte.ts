import type { Account } from "../../client/account/ask-as";
import {
  changePassword,
  confirm,
  confirmReset,
  logIn,
  logOut,
  logOutEverywhere,
  whoAmI,
} from "../../client/account/session";
import type { Account as KnownAccount } from "../../contracts/http/account-api";
import { AppError } from "../../contracts/outcome";
import type { DockChoice } from "../dock-choice";
import { type Problem, problemOf } from "../problem";

/** Who is logged in, as far as it is known. */
export type SignedInState =
  | { readonly kind: "asking" }
  /** The server in use knows nobody: plain files, one elsewhere, or one without accounts. */
  | { readonly kind: "none"; readonly why: "files" | "elsewhere" | "without" }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "nobody" }
  | { readonly kind: "somebody"; readonly account: KnownAccount };

/** The session that the browser holds at the dock that served the page. Nothing is asked before `ask`. */
export class SignedIn {
  /** For what `client/account` asks. */
  readonly at: Account = { origin: "" };
  #state = $state.raw<SignedInState>({ kind: "asking" });
  #hasAsked = false;

  constructor(choice: Pick<DockChoice, "hasAccounts" | "isOwn">) {
    if (choice.hasAccounts) return;
    this.#hasAsked = true;
    this.#state = { kind: "none", why: choice.isOwn ? "files" : "elsewhere" };
  }

  get state(): SignedInState {
    return this.#state;
  }

  /** Null if nobody is, or it is not known. */
  get account(): KnownAccount | null {
    return this.#state.kind === "somebody" ? this.#state.account : null;
  }

  /** Finds out who is logged in, unless that was done; a failure is tried again. */
  async ask(): Promise<void> {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    this.#state = { kind: "asking" };
    await this.#look();
  }

  /** Looks again at what the account may do. */
  async refresh(): Promise<void> {
    await this.#look();
  }

  /**
   * Does something in the name of whoever is logged in.
   *
   * @throws What it throws; if the session has ended, nobody is logged in from then on.
   */
  async as<T>(work: (at: Account) => Promise<T>): Promise<T> {
    try {
      return await work(this.at);
    } catch (error) {
      if (codeOf(error) === "not_signed_in") this.#state = { kind: "nobody" };
      throw error;
    }
  }

  async logIn(email: string, password: string): Promise<void> {
    await logIn(this.at, email, password);
    await this.#look();
  }

  /** Makes the account that a link was sent for, and logs it in. */
  async confirm(given: Parameters<typeof confirm>[1]): Promise<void> {
    await confirm(this.at, given);
    await this.#look();
  }

  /** Sets the password that a link was sent for, and logs in. */
  async confirmReset(code: string, password: string): Promise<void> {
    await confirmReset(this.at, code, password);
    await this.#look();
  }

  async changePassword(current: string, next: string): Promise<void> {
    await this.as((at) => changePassword(at, current, next));
  }

  /** @param where - Here alone, or wherever the account is logged in. */
  async logOut(where: "here" | "everywhere"): Promise<void> {
    try {
      await (where === "here" ? logOut(this.at) : logOutEverywhere(this.at));
    } catch (error) {
      if (codeOf(error) !== "not_signed_in") throw error; // It had ended already.
    }
    this.#state = { kind: "nobody" };
  }

  async #look(): Promise<void> {
    try {
      this.#state = { kind: "somebody", account: await whoAmI(this.at) };
    } catch (error) {
      const code = codeOf(error);
      const problem = problemOf(error);
      if (code === "not_signed_in") this.#state = { kind: "nobody" };
      else if (code === "not_found") this.#state = { kind: "none", why: "without" };
      else if (problem) {
        this.#state = { kind: "failed", problem };
        this.#hasAsked = false;
      }
    }
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof AppError ? error.code : null;
}
