import type { KeptModel } from "../../../../client/storage/work-store";
import type { OwnResult, OwnShared } from "../../../../contracts/workers/own-plan";
import type { BundleWords } from "../../../../contracts/workers/reuse-plan";
import type { Progress } from "../../../../engine/ground/progress";
import type { Task } from "../../../../engine/ground/task";
import type { TableProfile } from "../../../../engine/kinds/table/columns/profile";
import { columnNamed } from "../../../../engine/kinds/table/own/own-inputs";
import type { ReadOptions } from "../../../../engine/kinds/table/read/reader";
import type { WrittenFormat } from "../../../../engine/kinds/table/write/media-types";
import { predictionColumns } from "../../../../engine/reuse/predict/prediction-columns";
import { readingOfTrained } from "../../../../workflows/own/reading";
import { takenBy } from "../../../../workflows/own/taken-by";
import type { Call, OwnTrainer, TableKeeper, Works } from "../../../clients";
import { LatestJob } from "../../../components/latest-job";
import { type Problem, problemOf } from "../../../problem";
import { Saving } from "../predictions/saving.svelte";

/** What a model predicts, and where the model is from. */
export interface OwnOutcome extends OwnResult {
  readonly fileName: string;
  /** When it was trained, in milliseconds. */
  readonly at: number;
  /** Whether the table that is open is not the one that it was trained on. */
  readonly isOther: boolean;
}

export type OwnState =
  | { readonly kind: "idle" }
  | {
      readonly kind: "working";
      /** Or it only predicts. */
      readonly isTraining: boolean;
      readonly progress: Progress | null;
      readonly before: OwnOutcome | null;
    }
  | { readonly kind: "done"; readonly result: OwnOutcome }
  | { readonly kind: "failed"; readonly problem: Problem; readonly before: OwnOutcome | null };

export interface OwnPorts {
  readonly trainer: OwnTrainer;
  readonly data: Pick<TableKeeper, "write" | "giveEmbedder" | "placeTexts">;
  readonly shelf: Pick<Works, "models" | "keepModel" | "forgetModel">;
  /** Of the table that is open. */
  readonly fileName: () => string;
  readonly onPredicted: () => void;
  /** Read the table that is open again, as the one was that a model learned from. */
  readonly readAs: (reading: ReadOptions) => Promise<void>;
}

/** With fewer of its columns a table is not one that a model was made for. */
const LEAST_FOUND = 0.5;

/** A model trained on the user's own rows, what it predicts, and the models that are kept on this device. */
export class OwnStep {
  /** The table with predictions. */
  readonly saving = new Saving();
  /** The model. */
  readonly exporting = new Saving();
  /** The model, as a learnware. */
  readonly sharing = new Saving();
  #state = $state.raw<OwnState>({ kind: "idle" });
  /** The column to be filled in; null until one is chosen by hand. */
  target = $state<string | null>(null);
  #kept = $state.raw<readonly KeptModel[]>([]);
  /** Which of them is in use. */
  #keptId = $state<string | null>(null);
  #hasNoRoom = $state(false);
  /** What the last model would have filled in, where the next table is not one for it. */
  #turnedAway = $state<string | null>(null);
  #task: Task | null = null;
  #without: readonly string[] = [];
  readonly #job = new LatestJob();
  readonly #ports: OwnPorts;

  constructor(ports: OwnPorts) {
    this.#ports = ports;
  }

  get state(): OwnState {
    return this.#state;
  }

  /** The last one for this table; training that failed or was stopped does not take it away. */
  get result(): OwnOutcome | null {
    const state = this.#state;
    if (state.kind === "done") return state.result;
    return state.kind === "idle" ? null : state.before;
  }

  get isBusy(): boolean {
    return this.#state.kind === "working";
  }

  /** The columns left out by hand. */
  get without(): readonly string[] {
    return this.#without;
  }

  /** Models that are kept on this device, the latest first. */
  get kept(): readonly KeptModel[] {
    return this.#kept;
  }

  /** Whether the model in use is one of them. */
  get isKept(): boolean {
    return this.#kept.some(({ id }) => id === this.#keptId);
  }

  /** Whether the last model could not be kept, because this browser gives no room. */
  get hasNoRoom(): boolean {
    return this.#hasNoRoom;
  }

  get turnedAway(): string | null {
    return this.#turnedAway;
  }

  /** @param texts - The column whose words alone are learned from; null: the other columns are, or the pictures. */
  async train(
    target: string,
    task: Task | null,
    without: readonly string[],
    texts: string | null = null,
  ): Promise<void> {
    this.target = target;
    this.#task = task;
    this.#without = without;
    const made = { fileName: this.#ports.fileName(), at: Date.now(), isOther: false };
    const isDone = await this.#work(true, this.result, async (trainer, call) => ({
      ...(await trainer.train({ target, task, without, ...(texts !== null && { texts }) }, call)),
      ...made,
    }));
    if (isDone) this.#keptId = null;
  }

  /** The same once more, without columns that give the answer away. */
  async leaveOut(columns: readonly string[]): Promise<void> {
    const { result } = this;
    if (!result) return;
    await this.train(result.predictions.target, this.#task, [...this.#without, ...columns]);
  }

  /**
   * The columns of a model that a table lacks.
   *
   * @returns Null if there are too many for it to be a table for this model, or one of the two is of pictures and not the other.
   */
  lacking(
    { columns: wanted, kind }: Pick<OwnResult, "columns" | "kind">,
    { columns, format }: Pick<TableProfile, "columns" | "format">,
  ): readonly string[] | null {
    if ((kind === "image") !== (format === "pictures")) return null;
    const lacks = wanted.filter((name) => !columnNamed(columns, name));
    return wanted.length - lacks.length >= LEAST_FOUND * wanted.length ? lacks : null;
  }

  /** Predict the table that was opened instead of the one trained on. */
  async predictOther(): Promise<void> {
    const { result } = this;
    if (!result) return;
    await this.#work(false, null, async (trainer, call) => ({
      ...result,
      isOther: true,
      predictions: await trainer.predict(call),
    }));
  }

  /** See what is kept on this device. */
  async look(): Promise<void> {
    this.#kept = await this.#ports.shelf.models();
  }

  /** Keep the model in use on this device, without any row. */
  async keep(): Promise<void> {
    const { result } = this;
    if (!result) return;
    const { fileName, at } = result;
    const id = `${at} ${result.predictions.target}`;
    const trained = await this.#ports.trainer.trained().catch(() => null);
    const isKept = trained !== null && (await this.#ports.shelf.keepModel({ id, at, fileName, trained })); // prettier-ignore
    this.#hasNoRoom = !isKept;
    if (isKept) this.#keptId = id;
    await this.look();
  }

  async forgetKept(id: string | null = this.#keptId): Promise<void> {
    if (id !== null) await this.#ports.shelf.forgetModel(id);
    await this.look();
  }

  /** Predict the table that is open with a model that was kept. */
  async useKept({ id, at, fileName, trained }: KeptModel): Promise<void> {
    const { columns, kind } = takenBy(trained.model);
    const reading = readingOfTrained(trained);
    if (kind !== "image") await this.#ports.readAs(reading);
    const isDone = await this.#work(false, null, async (trainer, call) => {
      await trainer.use(trained, call);
      const predictions = await trainer.predict(call);
      const { report } = trained;
      return { ...{ report, columns, kind, reading, predictions }, fileName, at, isOther: true }; // prettier-ignore
    });
    if (isDone) this.#keptId = id;
  }

  /** Stop what is under way. */
  cancel(): void {
    const { result } = this;
    this.#job.cancel();
    this.#state = result ? { kind: "done", result } : { kind: "idle" };
  }

  /** Another table is open. */
  clear(): void {
    this.target = null;
    this.#turnedAway = null;
    this.forget();
  }

  /** Another table is open that the last model was to predict, and is not for. */
  turnAway(): void {
    const target = this.result?.predictions.target ?? null;
    this.clear();
    this.#turnedAway = target;
  }

  /** Let go of what was predicted. */
  forget(): void {
    this.#job.cancel();
    this.saving.cancel();
    this.exporting.cancel();
    this.sharing.cancel();
    this.#keptId = null;
    this.#hasNoRoom = false;
    this.#state = { kind: "idle" };
  }

  /** Let go of everything, also of what the worker has. */
  end(): void {
    this.clear();
    this.#kept = [];
    this.#ports.trainer.release();
  }

  /**
   * @param format - Null for that of the file.
   * @param fills - Index of the column whose empty cells alone are filled; null for columns beside.
   * @param onlyEmpty - Index of the column in which a row has to be empty to be written; null for all rows.
   * @returns The table with predictions, or null when it could not be written (`saving` says why).
   */
  async write(
    format: WrittenFormat | null,
    fills: number | null,
    onlyEmpty: number | null,
  ): Promise<Blob | null> {
    const { result } = this;
    if (!result) return null;
    const columns = predictionColumns(result.predictions, null, fills, true);
    return this.saving.make((call) => this.#ports.data.write(columns, format, onlyEmpty, call));
  }

  /** @returns The model, as a zip; null when it could not be written (`exporting` says why). */
  async writeModel(words: BundleWords): Promise<Blob | null> {
    const ofPictures = this.result?.kind === "image";
    return this.exporting.make((call) => this.#ports.trainer.bundle(words, ofPictures, call));
  }

  /**
   * @param texts - Index of the column whose texts it learned from; null of what takes none.
   * @returns The model as a learnware to be shared; null when it may not be (`sharing` says why).
   */
  async makeLearnware(sentence: string, texts: number | null): Promise<OwnShared | null> {
    const { data, trainer } = this.#ports;
    return this.sharing.make(async (call) => {
      const placed = texts === null ? null : await data.placeTexts(texts, call);
      return trainer.share(sentence, placed, call);
    });
  }

  /** @returns Whether it came to its end. */
  async #work(
    isTraining: boolean,
    before: OwnOutcome | null,
    job: (trainer: OwnTrainer, call: Call) => Promise<OwnOutcome>,
  ): Promise<boolean> {
    const signal = this.#job.start();
    this.saving.cancel();
    this.exporting.cancel();
    this.sharing.cancel();
    this.#turnedAway = null;
    const settle = (next: OwnState) => {
      if (this.#job.isCurrent(signal)) this.#state = next;
    };
    const show = (progress: Progress | null) =>
      settle({ kind: "working", isTraining, progress, before });
    show(null);
    try {
      await this.#ports.data.giveEmbedder({ signal, onProgress: show });
      const result = await job(this.#ports.trainer, { signal, onProgress: show });
      if (!this.#job.isCurrent(signal)) return false;
      settle({ kind: "done", result });
      this.#ports.onPredicted();
      return true;
    } catch (error) {
      const problem = problemOf(error);
      if (problem) settle({ kind: "failed", problem, before });
      else settle(before ? { kind: "done", result: before } : { kind: "idle" });
      return false;
    }
  }
}
