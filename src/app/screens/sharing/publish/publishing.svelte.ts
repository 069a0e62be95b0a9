import { submitZip, waitForVerdict } from "../../../../client/account/submissions";
import { dropUpload } from "../../../../client/account/uploads";
import type { Account } from "../../../../client/account/ask-as";
import type { Submission } from "../../../../contracts/http/my-api";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";
import type { OpenLearnware } from "../sharing.svelte";

interface Sent {
  readonly done: number;
  readonly total: number;
}

export type PublishingState =
  | { readonly kind: "idle" }
  | { readonly kind: "sending"; readonly sent: Sent }
  /** By its user, or since something failed; what has come stays for a day. */
  | { readonly kind: "stopped"; readonly sent: Sent; readonly problem: Problem | null }
  /** The dock verifies it, or has; `isLost` if nobody could be asked how it goes any more. */
  | { readonly kind: "handed"; readonly submission: Submission; readonly problem: Problem | null };

export interface PublishingPorts {
  /** Does something in the name of whoever is logged in. */
  readonly as: <T>(work: (at: Account) => Promise<T>) => Promise<T>;
  /** Told of what is about to leave the tab. */
  readonly onLeave: (learnware: OpenLearnware) => void;
}

/** A learnware goes to the dock piece by piece, and is verified there. */
export class Publishing {
  #state = $state.raw<PublishingState>({ kind: "idle" });
  /** An upload that was begun, and of what. */
  #begun = $state.raw<{ readonly id: string; readonly sha256: string } | null>(null);
  readonly #job = new LatestJob();
  readonly #ports: PublishingPorts;

  constructor(ports: PublishingPorts) {
    this.#ports = ports;
  }

  get state(): PublishingState {
    return this.#state;
  }

  /** Whether what came of it is still there, and can be gone on with. */
  get canGoOn(): boolean {
    return this.#begun !== null;
  }

  /** Whether bytes are on their way. */
  get isSending(): boolean {
    return this.#state.kind === "sending";
  }

  /**
   * Send it, or go on where that was stopped, and wait for what becomes of it.
   *
   * @param learnwareId - Of a learnware of one's own that it is a new version of.
   */
  async publish(learnware: OpenLearnware, learnwareId: string | null): Promise<void> {
    const signal = this.#job.start();
    const { zip, sha256 } = learnware;
    const begun = this.#begun?.sha256 === sha256 ? this.#begun : null;
    this.#begun = begun;
    let sent: Sent = { done: 0, total: zip.length };
    const put = (next: PublishingState) => {
      if (this.#job.isCurrent(signal)) this.#state = next;
    };
    put({ kind: "sending", sent });
    if (!begun) this.#ports.onLeave(learnware);
    let submission: Submission;
    try {
      submission = await this.#ports.as((at) =>
        submitZip(at, zip, {
          signal,
          ...(learnwareId !== null && { learnwareId }),
          ...(begun && { uploadId: begun.id }),
          onUpload: (id) => (this.#begun = { id, sha256 }),
          onProgress: (now) => {
            sent = now;
            put({ kind: "sending", sent });
          },
        }),
      );
      this.#begun = null;
    } catch (error) {
      const problem = problemOf(error);
      if (problem?.code === "not_found") this.#begun = null;
      if (problem?.code === "already_there") await this.#dropBegun();
      put({ kind: "stopped", sent, problem });
      return;
    }
    await this.#wait(submission, signal);
  }

  /** Ask again what became of what was handed in. */
  async look(): Promise<void> {
    if (this.#state.kind !== "handed") return;
    await this.#wait(this.#state.submission, this.#job.start());
  }

  /** Stop sending. What has come stays there for a day; before anything has, it is as if never begun. */
  stop(): void {
    if (this.#state.kind !== "sending") return;
    const { sent } = this.#state;
    this.#job.cancel();
    this.#state = this.#begun ? { kind: "stopped", sent, problem: null } : { kind: "idle" };
  }

  /** Forget what was begun, there as well. */
  async drop(): Promise<void> {
    await this.#dropBegun();
    this.clear();
  }

  /** Something else is to be published. */
  clear(): void {
    this.#job.cancel();
    this.#begun = null;
    this.#state = { kind: "idle" };
  }

  async #dropBegun(): Promise<void> {
    const begun = this.#begun;
    this.#begun = null;
    // It is forgotten there by itself after a day.
    if (begun) await this.#ports.as((at) => dropUpload(at, begun.id)).catch(() => undefined);
  }

  async #wait(submission: Submission, signal: AbortSignal): Promise<void> {
    let last = submission;
    const put = (problem: Problem | null) => {
      if (this.#job.isCurrent(signal)) this.#state = { kind: "handed", submission: last, problem };
    };
    put(null);
    try {
      await this.#ports.as((at) =>
        waitForVerdict(at, last.number, {
          signal,
          onLook: (now) => {
            last = now;
            put(null);
          },
        }),
      );
    } catch (error) {
      put(problemOf(error));
    }
  }
}
