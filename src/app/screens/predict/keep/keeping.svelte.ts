import type { Choices, Run, Work } from "../../../../client/storage/work-store";
import type { Works } from "../../../clients";
import type { Outcome } from "../predictions/reuse.svelte";
import { cameBack } from "./came-back";
import type { Session } from "../session.svelte";
import { openAgain, opensUnasked } from "../start/file-handles";
import { SAMPLES } from "../start/samples";

/** Keeps on this device what the user is at, so that a reload or a closed tab loses nothing. Nothing of it is sent. */
export class Keeping {
  #last = $state.raw<Work | null>(null);
  #runs = $state.raw<readonly Run[]>([]);
  #keepsTable = $state(false);
  /** Whether only the user can open the file of last time. */
  #mustChoose = $state(false);
  #handle: FileSystemFileHandle | null = null;
  /** Its choices were taken up. */
  readonly #recalled = new WeakSet<File>();
  readonly #noted = new WeakSet<Outcome>();
  readonly #session: Session;
  readonly #shelf: Works;

  constructor(session: Session, shelf: Works) {
    this.#session = session;
    this.#shelf = shelf;
    session.recall = (file) => this.#recall(file);
  }

  /** What was worked on last, while no table is here. */
  get last(): Work | null {
    return this.#session.table.state.kind === "empty" ? this.#last : null;
  }

  get mustChoose(): boolean {
    return this.#mustChoose;
  }

  /** Predictions that were made in this browser, the latest first. */
  get runs(): readonly Run[] {
    return this.#runs;
  }

  /** Whether the table itself is kept, because the user asked for it. */
  get keepsTable(): boolean {
    return this.#keepsTable;
  }

  /** Look what is kept here. */
  async look(): Promise<void> {
    const [runs, last, table] = await Promise.all([
      this.#shelf.runs(),
      this.#shelf.last(),
      this.#shelf.table(),
    ]);
    this.#runs = runs;
    this.#last = last;
    this.#mustChoose = last !== null && !last.handle && !isSample(last.fileName) && !table;
  }

  /** After a reload, or on the way back, go on by itself if nobody has to be asked; then note what the user does. */
  async begin(): Promise<void> {
    const handle = this.#last?.handle ?? null;
    if (cameBack() && !this.#mustChoose && (!handle || (await opensUnasked(handle)))) {
      await this.goOn();
    }
    $effect.root(() => {
      $effect(() => {
        const { choices } = this.#session;
        const { table } = this.#session.table;
        if (choices && table) this.#keep(table.file, choices);
      });
      $effect(() => {
        const { outcome } = this.#session.reuse;
        if (outcome && !outcome.isFirstLook) void this.#note(outcome);
      });
    });
  }

  /** Of the file that is read next: how it can be opened again. */
  lend(handle: FileSystemFileHandle): void {
    this.#handle = handle;
    const { table } = this.#session.table;
    const { choices } = this.#session;
    if (table && choices) this.#keep(table.file, choices);
  }

  /** Go on with the table of last time; where only the user can open it, say so. */
  async goOn(): Promise<void> {
    const last = this.#last;
    if (!last) return;
    const kept = await this.#shelf.table();
    if (!kept && !last.handle && isSample(last.fileName)) {
      await this.#session.trySample(last.fileName);
      return;
    }
    const file = kept ?? (last.handle && (await openAgain(last.handle)));
    if (!file) {
      this.#mustChoose = true;
      return;
    }
    this.#handle = last.handle;
    this.#keepsTable = kept !== null;
    await this.#session.table.read(file);
  }

  async keepTable(keeps: boolean): Promise<void> {
    const file = this.#session.table.table?.file;
    this.#keepsTable = keeps && file !== undefined && (await this.#shelf.keepTable(file));
    if (!keeps) await this.#shelf.forgetTable();
  }

  async forget(): Promise<void> {
    this.#last = null;
    await this.#shelf.forget();
  }

  async forgetRun(id: string): Promise<void> {
    this.#runs = this.#runs.filter((run) => run.id !== id);
    await this.#shelf.forgetRun(id);
  }

  async clear(): Promise<void> {
    this.#last = null;
    this.#runs = [];
    this.#keepsTable = false;
    this.#handle = null;
    await this.#shelf.clear();
  }

  /** Known again by name and size only: of its values nothing was kept but those that were joined or named by hand. */
  #recall(file: File): Choices | null {
    if (this.#recalled.has(file)) return null;
    this.#recalled.add(file);
    const last = this.#last;
    this.#last = null;
    if (last?.fileName === file.name && last.sizeBytes === file.size) return last.choices;
    this.#keepsTable = false;
    void this.#shelf.forgetTable();
    return null;
  }

  #keep({ name: fileName, size: sizeBytes }: File, choices: Choices): void {
    const handle = this.#handle?.name === fileName ? this.#handle : null;
    void this.#shelf.keep({ fileName, sizeBytes, at: Date.now(), choices, handle });
  }

  async #note(outcome: Outcome): Promise<void> {
    const { table } = this.#session.table;
    const { chosen } = this.#session.mapping;
    if (this.#noted.has(outcome) || !table || !chosen) return;
    this.#noted.add(outcome);
    const { payload } = this.#session.find;
    await this.#shelf.addRun({
      id: String(performance.timeOrigin + performance.now()),
      at: Date.now(),
      fileName: table.file.name,
      island: chosen.island.name,
      rows: table.profile.rows,
      models: outcome.offer.members.map(({ card }) => card.name),
      sent: payload?.sent === true && payload.level !== "nothing" ? payload.json : null,
    });
    this.#runs = await this.#shelf.runs();
  }
}

function isSample(fileName: string): boolean {
  return SAMPLES.some(({ file }) => file === fileName);
}
