import type { ReadOptions } from "../../../../contracts/workers/data-api";
import type { Progress } from "../../../../engine/ground/progress";
import type { ColumnType } from "../../../../engine/kinds/table/columns/column";
import type { TableProfile } from "../../../../engine/kinds/table/columns/profile";
import type { ShownCells } from "../../../../engine/kinds/table/window/shown-cells";
import type { TableKeeper } from "../../../clients";
import type { Gathered } from "../start/gather";
import { type HowTold, howOf, isOfHow } from "./reading/how-told";
import { SheetsTold } from "./reading/sheets-told";
import { stillPossible, type TypesByHand, typesByHand } from "./types-by-hand";
import { type Problem, problemOf } from "../../../problem";
import { LatestJob } from "../../../components/latest-job";

export interface LoadedTable {
  readonly file: File;
  readonly profile: TableProfile;
}

export type TableState =
  | { readonly kind: "empty" }
  | {
      readonly kind: "reading";
      readonly fileName: string;
      readonly progress: Progress | null;
      readonly before: LoadedTable | null;
    }
  | { readonly kind: "loaded"; readonly table: LoadedTable }
  | {
      readonly kind: "failed";
      readonly fileName: string;
      readonly problem: Problem;
      readonly before: LoadedTable | null;
    };

/** The table in use: reading it, reading it again with other options, and overruling its types. */
export class TableStep {
  #state = $state.raw<TableState>({ kind: "empty" });
  /** What the user said of how the table in use is to be read. */
  #told = $state.raw<ReadOptions>({});
  #surplus = $state(0);
  readonly #sheets = new SheetsTold();
  readonly #job = new LatestJob();
  readonly #data: Pick<TableKeeper, "read" | "retype" | "cells">;
  readonly #onChange: (table: LoadedTable) => void;

  constructor(
    data: Pick<TableKeeper, "read" | "retype" | "cells">,
    onChange: (table: LoadedTable) => void,
  ) {
    this.#data = data;
    this.#onChange = onChange;
  }

  get state(): TableState {
    return this.#state;
  }

  /** The last table that could be read; a failed or stopped attempt does not take it away. */
  get table(): LoadedTable | null {
    const state = this.#state;
    if (state.kind === "loaded") return state.table;
    return state.kind === "empty" ? null : state.before;
  }

  /** How many files came with the last one that was read, and were left alone. */
  get surplus(): number {
    return this.#surplus;
  }

  get told(): ReadOptions {
    return this.#told;
  }

  read(file: File, options: ReadOptions = {}, surplus = 0): Promise<void> {
    this.#surplus = surplus;
    return this.#read(file, options, []);
  }

  /** Read what comes of many files; finding them may take a while. */
  async gather(name: string, find: (signal: AbortSignal) => Promise<Gathered>): Promise<void> {
    const before = this.table;
    const signal = this.#job.start();
    this.#state = { kind: "reading", fileName: name, progress: null, before };
    try {
      const { file, surplus } = await find(signal);
      if (this.#job.isCurrent(signal)) await this.read(file, {}, surplus);
    } catch (error) {
      if (this.#job.isCurrent(signal)) this.#fail(error, name, before);
    }
  }

  readText(text: string, name: string): Promise<void> {
    return this.read(new File([text], name, { type: "text/plain" }));
  }

  setHeader(hasHeader: boolean): Promise<void> {
    const told = Object.entries(howOf(this.#told)).filter(([name]) => name !== "headerLine");
    return this.tellHow({ ...Object.fromEntries(told), hasHeader });
  }

  /** Read the same file again, with more said of it than how it is laid out. */
  tell(change: Pick<ReadOptions, "undone">): Promise<void> {
    return this.#readAgain({ ...this.#told, ...change });
  }

  /** Read the same file again, laid out as is said now: what was said before and is no longer is found out again. */
  tellHow(how: HowTold): Promise<void> {
    const others = Object.entries(this.#told).filter(([name]) => !isOfHow(name));
    return this.#readAgain({ ...Object.fromEntries(others), ...how });
  }

  /** Read another sheet of the same workbook, as it was told to be when it was here before. */
  setSheet(sheet: string): Promise<void> {
    const { table } = this;
    if (!table) return Promise.resolve();
    const { file, profile } = table;
    if (profile.sheet !== undefined) {
      const types = typesByHand(profile);
      this.#sheets.keep(file, profile.sheet, { told: this.#told, types });
    }
    const { told, types } = this.#sheets.of(file, sheet);
    return this.#read(file, { ...told, sheet }, types);
  }

  async retype(column: number, type: ColumnType): Promise<void> {
    const { table } = this;
    if (!table) return;
    const signal = this.#job.start();
    try {
      const profile = await this.#data.retype(column, type);
      if (this.#job.isCurrent(signal)) this.#load({ file: table.file, profile });
    } catch (error) {
      if (this.#job.isCurrent(signal)) this.#fail(error, table.file.name, table);
    }
  }

  /** Show the same rows with other columns: what is known of them stays known. */
  widen(profile: TableProfile): void {
    const { table } = this;
    if (table) this.#state = { kind: "loaded", table: { ...table, profile } };
  }

  /** Some cells to be shown. */
  cells(...asked: Parameters<TableKeeper["cells"]>): Promise<ShownCells> {
    return this.#data.cells(...asked);
  }

  /** Say of a file that could not even be fetched why. */
  fail(error: unknown, fileName: string): void {
    this.#job.cancel();
    this.#fail(error, fileName, this.table);
  }

  cancel(): void {
    const { table } = this;
    this.#job.cancel();
    this.#state = table ? { kind: "loaded", table } : { kind: "empty" };
  }

  /** Forget the table. */
  clear(): void {
    this.#job.cancel();
    this.#state = { kind: "empty" };
  }

  #readAgain(options: ReadOptions): Promise<void> {
    const { table } = this;
    if (!table) return Promise.resolve();
    return this.#read(table.file, options, typesByHand(table.profile));
  }

  async #read(file: File, options: ReadOptions, types: TypesByHand): Promise<void> {
    const before = this.table;
    const signal = this.#job.start();
    const reading = { kind: "reading", fileName: file.name, before } as const;
    this.#state = { ...reading, progress: null };
    try {
      let profile = await this.#data.read(file, options, {
        signal,
        onProgress: (progress) => {
          if (this.#job.isCurrent(signal)) this.#state = { ...reading, progress };
        },
      });
      for (const [column, type] of stillPossible(profile, types)) {
        if (this.#job.isCurrent(signal)) profile = await this.#data.retype(column, type);
      }
      // Read to the end before the worker heard of a cancel: then it is the table it holds.
      if (this.#job.isCurrent(signal) || this.#job.isIdle) {
        this.#told = options;
        this.#load({ file, profile });
      }
    } catch (error) {
      if (this.#job.isCurrent(signal)) this.#fail(error, file.name, before);
    }
  }

  #load(table: LoadedTable): void {
    this.#state = { kind: "loaded", table };
    this.#onChange(table);
  }

  #fail(error: unknown, fileName: string, before: LoadedTable | null): void {
    const problem = problemOf(error);
    if (problem) this.#state = { kind: "failed", fileName, problem, before };
    else this.#state = before ? { kind: "loaded", table: before } : { kind: "empty" };
  }
}
