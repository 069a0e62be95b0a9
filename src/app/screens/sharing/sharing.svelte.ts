import { sha256Of } from "../../../client/storage/sha256";
import type { ShareClient } from "../../../client/workers/sharing/share-client";
import { AppError } from "../../../contracts/outcome";
import type { KnownIsland, LookedZip } from "../../../contracts/workers/share-api";
import type { Progress } from "../../../engine/ground/progress";
import { zipLimits } from "../../../engine/learnware/zip/zip-limits";
import type { PreflightReport } from "../../../engine/specification/publish/preflight";
import type { Check } from "../../../engine/verify/check";
import type { Dock } from "../../clients";
import { LatestJob } from "../../components/latest-job";
import { type Problem, problemOf } from "../../problem";
import { editOf, type LearnwareWords, wordsOf } from "./fields/learnware-words";

/** A learnware that somebody wants to share, as it would be published. */
export interface OpenLearnware extends LookedZip {
  readonly fileName: string;
  /** In hex. */
  readonly sha256: string;
  /** Of its outline, where it was made in this tab. */
  readonly preflight: PreflightReport | null;
}

export type SharingState =
  | { readonly kind: "nothing" }
  | { readonly kind: "reading"; readonly fileName: string }
  | { readonly kind: "failed"; readonly fileName: string; readonly problem: Problem }
  | { readonly kind: "open"; readonly learnware: OpenLearnware };

export type Checking =
  | { readonly kind: "idle" }
  | { readonly kind: "checking"; readonly progress: Progress | null }
  | { readonly kind: "done"; readonly checks: readonly Check[] }
  | { readonly kind: "failed"; readonly problem: Problem };

export interface SharingPorts {
  readonly zips: Pick<ShareClient, "look" | "edit" | "check">;
  readonly dock: Pick<Dock, "islands">;
  /** Told when what would be published is another one. */
  readonly onChange: () => void;
}

/** A learnware on its way out: opened, put into words, and checked as a dock checks it. Nothing of it leaves by that. */
export class Sharing {
  #state = $state.raw<SharingState>({ kind: "nothing" });
  #checking = $state.raw<Checking>({ kind: "idle" });
  #words = $state.raw<LearnwareWords | null>(null);
  #isEdited = $state(false);
  #editProblem = $state.raw<Problem | null>(null);
  /** As it came, before it was put into other words. */
  #original: OpenLearnware | null = null;
  readonly #job = new LatestJob();
  readonly #ports: SharingPorts;

  constructor(ports: SharingPorts) {
    this.#ports = ports;
  }

  get state(): SharingState {
    return this.#state;
  }

  get learnware(): OpenLearnware | null {
    return this.#state.kind === "open" ? this.#state.learnware : null;
  }

  get checking(): Checking {
    return this.#checking;
  }

  /** As they are being written; null where it cannot be understood. */
  get words(): LearnwareWords | null {
    return this.#words;
  }

  /** Whether it says something else than the file that was chosen. */
  get isEdited(): boolean {
    return this.#isEdited;
  }

  /** Why the words could not be put into it. */
  get editProblem(): Problem | null {
    return this.#editProblem;
  }

  /** Whether every check was made that can be made here, and none refuses it. */
  get isFine(): boolean {
    return (
      this.#checking.kind === "done" &&
      this.#checking.checks.every(({ state }) => state !== "refused")
    );
  }

  /** @param preflight - Of the outline in it, where it was made in this tab. */
  async open(
    file: Blob,
    fileName: string,
    preflight: PreflightReport | null = null,
  ): Promise<void> {
    const signal = this.#job.start();
    this.#forget();
    this.#state = { kind: "reading", fileName };
    try {
      if (file.size > zipLimits.zipBytes) {
        const limit = zipLimits.zipBytes;
        throw new AppError("package_too_large", `the zip has ${file.size} bytes`, { limit });
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      const looked = await this.#look(bytes, signal);
      const learnware = { ...looked, fileName, sha256: await sha256Of(looked.zip), preflight };
      if (!this.#job.isCurrent(signal)) return;
      this.#original = learnware;
      this.#words = learnware.facts && wordsOf(learnware.facts.semantic);
      this.#state = { kind: "open", learnware };
    } catch (error) {
      if (!this.#job.isCurrent(signal)) return;
      const problem = problemOf(error);
      this.#state = problem ? { kind: "failed", fileName, problem } : { kind: "nothing" };
      return;
    }
    await this.check();
  }

  /** Make the checks of a dock; those under way stop. */
  async check(): Promise<void> {
    const { learnware } = this;
    if (!learnware) return;
    const signal = this.#job.start();
    const show = (next: Checking) => {
      if (this.#job.isCurrent(signal)) this.#checking = next;
    };
    const onProgress = (progress: Progress) => show({ kind: "checking", progress });
    show({ kind: "checking", progress: null });
    try {
      const islands = await this.#islands(signal);
      const checks = await this.#ports.zips.check(learnware.zip, islands, { signal, onProgress });
      show({ kind: "done", checks });
    } catch (error) {
      const problem = problemOf(error);
      show(problem ? { kind: "failed", problem } : { kind: "idle" });
    }
  }

  /** Stop the checks. */
  cancel(): void {
    this.#job.cancel();
    if (this.#checking.kind === "checking") this.#checking = { kind: "idle" };
    if (this.#state.kind === "reading") this.#state = { kind: "nothing" };
  }

  /** Put it into other words, and check it anew. */
  async say(words: LearnwareWords): Promise<void> {
    const original = this.#original;
    if (!original?.facts) return;
    this.#words = words;
    this.#editProblem = null;
    const signal = this.#job.start();
    const edit = editOf(wordsOf(original.facts.semantic), words);
    this.#isEdited = edit !== null;
    this.#checking = { kind: "checking", progress: null };
    this.#ports.onChange();
    try {
      if (edit) {
        const zip = await this.#ports.zips.edit(original.zip, edit, { signal });
        const looked = await this.#look(zip, signal);
        const sha256 = await sha256Of(zip);
        if (!this.#job.isCurrent(signal)) return;
        this.#state = { kind: "open", learnware: { ...original, ...looked, sha256 } };
      } else {
        this.#state = { kind: "open", learnware: original };
      }
    } catch (error) {
      if (!this.#job.isCurrent(signal)) return;
      this.#editProblem = problemOf(error);
      this.#checking = { kind: "idle" };
      return;
    }
    await this.check();
  }

  /** Put it away. */
  close(): void {
    this.#job.cancel();
    this.#forget();
    this.#state = { kind: "nothing" };
  }

  #forget(): void {
    this.#original = null;
    this.#words = null;
    this.#isEdited = false;
    this.#editProblem = null;
    this.#checking = { kind: "idle" };
    this.#ports.onChange();
  }

  async #look(zip: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<LookedZip> {
    return this.#ports.zips.look(zip, await this.#islands(signal), { signal });
  }

  /** Without a dock none are known, and what can be checked without is. */
  async #islands(signal: AbortSignal): Promise<readonly KnownIsland[]> {
    try {
      const islands = await this.#ports.dock.islands({ signal });
      return islands.map(({ id, name, question, space }) => ({ id, name, question, space }));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AppError && error.code === "network_failed") return [];
      throw error;
    }
  }
}
