import { changeUser, inviteUser, listUsers, removeUser } from "../../../../client/account/admin";
import type { Role, User, UserChange } from "../../../../contracts/http/account-api";
import type { SignedIn } from "../../../account/signed-in.svelte";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";

/** A link that makes an account, to be handed to somebody. */
export interface Invited {
  readonly email: string;
  readonly link: string;
  readonly expiresAt: string;
}

const PAGE = 50;

/** Those who have an account, by what their name or address has in it. */
export class People {
  #users = $state.raw<readonly User[] | null>(null);
  #total = $state(0);
  #problem = $state.raw<Problem | null>(null);
  #invited = $state.raw<Invited | null>(null);
  #text = "";
  readonly #job = new LatestJob();
  readonly #signedIn: Pick<SignedIn, "as" | "refresh">;

  constructor(signedIn: Pick<SignedIn, "as" | "refresh">) {
    this.#signedIn = signedIn;
  }

  /** Null until they are here; the newest first. */
  get users(): readonly User[] | null {
    return this.#users;
  }

  get total(): number {
    return this.#total;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Whom this device invited last. */
  get invited(): Invited | null {
    return this.#invited;
  }

  async search(text: string): Promise<void> {
    this.#text = text.trim();
    await this.#read(0);
  }

  async more(): Promise<void> {
    await this.#read(this.#users?.length ?? 0);
  }

  async invite(email: string, role: Role): Promise<void> {
    this.#invited = null;
    const made = await this.#signedIn.as((at) => inviteUser(at, email, role));
    this.#invited = { email, ...made };
  }

  /** @param own - Whose change is also one of whoever is logged in. */
  async change(id: string, change: UserChange, own: string): Promise<void> {
    const changed = await this.#signedIn.as((at) => changeUser(at, id, change));
    this.#users = (this.#users ?? []).map((user) => (user.id === id ? changed : user));
    if (id === own) await this.#signedIn.refresh();
  }

  async remove(id: string): Promise<void> {
    await this.#signedIn.as((at) => removeUser(at, id));
    this.#users = (this.#users ?? []).filter((user) => user.id !== id);
    this.#total--;
  }

  /** Links and addresses are shown to nobody who comes by later. */
  forget(): void {
    this.#invited = null;
    this.#users = null;
  }

  async #read(offset: number): Promise<void> {
    const signal = this.#job.start();
    const asked = { text: this.#text, limit: PAGE, offset };
    this.#problem = null;
    try {
      const { users, total } = await this.#signedIn.as((at) => listUsers(at, asked, { signal }));
      if (!this.#job.isCurrent(signal)) return;
      this.#users = offset === 0 ? users : [...(this.#users ?? []), ...users];
      this.#total = total;
    } catch (error) {
      if (this.#job.isCurrent(signal)) this.#problem = problemOf(error);
    }
  }
}
