import type { Account } from "../../../../client/account/ask-as";
import { listOwnLearnwares } from "../../../../client/account/own-learnwares";
import {
  editLearnware,
  listSubmissions,
  removeLearnware,
} from "../../../../client/account/submissions";
import type { OwnLearnwareList } from "../../../../contracts/http/account-api";
import type { Submission } from "../../../../contracts/http/my-api";
import type { PackageEdit } from "../../../../engine/verify/edit-package";
import type { Dock } from "../../../clients";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";
import { type LearnwareWords, wordsOf } from "../fields/learnware-words";

export type OwnLearnware = OwnLearnwareList["learnwares"][number];

const PAGE = 50;
/** Between two looks while something is being verified. */
const LOOK_MS = 1500;

export interface MinePorts {
  /** Does something in the name of whoever is logged in. */
  readonly as: <T>(work: (at: Account) => Promise<T>) => Promise<T>;
  readonly dock: Pick<Dock, "learnware" | "islands">;
}

/** What somebody shares, and what became of what they handed in. */
export class Mine {
  #learnwares = $state.raw<readonly OwnLearnware[]>([]);
  #total = $state(0);
  #submissions = $state.raw<readonly Submission[]>([]);
  #islands = $state.raw<Readonly<Record<string, string>>>({});
  #isLoading = $state(true);
  #problem = $state.raw<Problem | null>(null);
  readonly #job = new LatestJob();
  readonly #ports: MinePorts;

  constructor(ports: MinePorts) {
    this.#ports = ports;
  }

  get learnwares(): readonly OwnLearnware[] {
    return this.#learnwares;
  }

  /** Newest first. */
  get submissions(): readonly Submission[] {
    return this.#submissions;
  }

  /** Names of kinds of data, by id. */
  get islands(): Readonly<Record<string, string>> {
    return this.#islands;
  }

  get hasMore(): boolean {
    return this.#learnwares.length < this.#total;
  }

  /** For the first time. */
  get isLoading(): boolean {
    return this.#isLoading;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Looks, and again as long as something is being verified. */
  async follow(): Promise<void> {
    const signal = this.#job.start();
    for (;;) {
      await this.#load(signal);
      if (!this.#job.isCurrent(signal) || this.#problem || !this.#submissions.some(isOpen)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (!this.#job.isCurrent(signal)) return;
    }
  }

  /** Nobody looks any more. */
  leave(): void {
    this.#job.cancel();
  }

  async more(): Promise<void> {
    const page = { limit: PAGE, offset: this.#learnwares.length };
    try {
      const { learnwares, total } = await this.#ports.as((at) => listOwnLearnwares(at, page));
      const others = learnwares.filter(({ id }) => !this.#learnwares.some((one) => one.id === id));
      this.#learnwares = [...this.#learnwares, ...others];
      this.#total = total;
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }

  /** What a learnware says of itself now. */
  async wordsOf(id: string): Promise<LearnwareWords> {
    return wordsOf((await this.#ports.dock.learnware(id)).semantic);
  }

  /** Has it packed anew with other words, which the dock then verifies. */
  async edit(id: string, { scenario, ...edit }: PackageEdit): Promise<void> {
    const change = { ...edit, ...(scenario && { scenario: [...scenario] }) };
    await this.#ports.as((at) => editLearnware(at, id, change));
    void this.follow();
  }

  /** Takes it out of the dock. */
  async remove(id: string): Promise<void> {
    await this.#ports.as((at) => removeLearnware(at, id));
    void this.follow();
  }

  async #load(signal: AbortSignal): Promise<void> {
    try {
      const limit = Math.min(200, Math.max(PAGE, this.#learnwares.length));
      const [{ learnwares, total }, submissions, islands] = await Promise.all([
        this.#ports.as((at) => listOwnLearnwares(at, { limit, offset: 0 }, { signal })),
        this.#ports.as((at) => listSubmissions(at, { signal })),
        this.#ports.dock.islands({ signal }),
      ]);
      if (!this.#job.isCurrent(signal)) return;
      this.#learnwares = learnwares;
      this.#total = total;
      this.#submissions = submissions;
      this.#islands = Object.fromEntries(islands.map(({ id, name }) => [id, name]));
      this.#problem = null;
    } catch (error) {
      if (this.#job.isCurrent(signal)) this.#problem = problemOf(error);
    } finally {
      if (this.#job.isCurrent(signal)) this.#isLoading = false;
    }
  }
}

/** Whether something is still to become of it. */
export function isOpen({ state }: Submission): boolean {
  return state === "waiting" || state === "running";
}
