import { listTokens, makeToken, removeToken } from "../../../client/account/tokens";
import type { NewToken, Scope, Token } from "../../../contracts/http/account-api";
import type { SignedIn } from "../../account/signed-in.svelte";
import { type Problem, problemOf } from "../../problem";

/** The tokens of whoever is logged in. */
export class TokenList {
  /** Null until they are here. */
  #tokens = $state.raw<readonly Token[] | null>(null);
  #problem = $state.raw<Problem | null>(null);
  /** The one that was just made: its secret is here until the next one is made, or the screen is left. */
  #made = $state.raw<NewToken | null>(null);
  readonly #signedIn: Pick<SignedIn, "as">;

  constructor(signedIn: Pick<SignedIn, "as">) {
    this.#signedIn = signedIn;
  }

  get tokens(): readonly Token[] | null {
    return this.#tokens;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get made(): NewToken | null {
    return this.#made;
  }

  async load(): Promise<void> {
    this.#problem = null;
    try {
      this.#tokens = await this.#signedIn.as((at) => listTokens(at));
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }

  async make(asked: {
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly days: number;
  }): Promise<void> {
    this.#made = null;
    const made = await this.#signedIn.as((at) => makeToken(at, asked));
    this.#made = made;
    this.#tokens = [made, ...(this.#tokens ?? [])];
  }

  async remove(id: string): Promise<void> {
    await this.#signedIn.as((at) => removeToken(at, id));
    if (this.#made?.id === id) this.#made = null;
    this.#tokens = (this.#tokens ?? []).filter((token) => token.id !== id);
  }

  /** Nobody who comes by later sees the secret, or what somebody else had. */
  forget(): void {
    this.#made = null;
    this.#tokens = null;
  }
}
