import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import type { SearchRequest } from "../../contracts/http/dock-api";
import type { ReadOptions } from "../../contracts/workers/data-api";
import type { OwnTrained } from "../../contracts/workers/own-plan";
import type { ColumnType } from "../../engine/kinds/table/columns/column";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import type { Scenario } from "../../engine/learnware/semantic-values";

/** Values of a column, each with the listed value of the feature that it means; none where that is empty. */
export interface JoinedValues {
  readonly columnName: string;
  readonly values: NonNullable<FeatureMatch["values"]>;
}

/** What a user chose on the way from a table to predictions; nothing of it is ever sent. */
export interface Choices {
  readonly hasHeader: boolean;
  readonly delimiter: string;
  /** What else was said of how the file is to be read. */
  readonly told?: ReadOptions;
  /** Columns whose type was overruled. */
  readonly types: readonly (readonly [column: number, type: ColumnType])[];
  readonly islandId: string | null;
  readonly target: string | null;
  /** Name of the column with answers; null: none, undefined: not said. */
  readonly answers: string | null | undefined;
  /** By island, which column was named for which feature, in the order of choosing. */
  readonly byHand: readonly (readonly [
    islandId: string,
    features: readonly (readonly [feature: string, column: string | null])[],
  ])[];
  /** By island and feature, which values of a column, by its name, were said to mean which listed ones. */
  readonly joined?: readonly (readonly [
    islandId: string,
    features: readonly (readonly [feature: string, values: JoinedValues])[],
  ])[];
  readonly filter: {
    readonly text: string;
    readonly task: NonNullable<SearchRequest["task"]> | null;
    readonly scenario: Scenario | null;
    readonly licence: string | null;
  };
  /** Labels given to texts or pictures by hand, by row. */
  readonly labels?: readonly (readonly [row: number, label: string])[];
  /** The step that was shown. */
  readonly step: string;
}

/** A table that was worked on, to be found again. */
export interface Work {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** In milliseconds. */
  readonly at: number;
  readonly choices: Choices;
  /** Where the browser lends one. */
  readonly handle: FileSystemFileHandle | null;
}

/** Predictions that were made: with what, and what was told of the table. */
export interface Run {
  readonly id: string;
  readonly at: number;
  readonly fileName: string;
  readonly island: string;
  readonly rows: number;
  /** Names of the models. */
  readonly models: readonly string[];
  /** The message that was sent, to the byte; null: nothing was. */
  readonly sent: string | null;
}

/** A model of the user's own, kept because the user asked for it; no row of the table. */
export interface KeptModel {
  readonly id: string;
  /** When it was trained, in milliseconds. */
  readonly at: number;
  /** Of the table that it was trained on. */
  readonly fileName: string;
  readonly trained: OwnTrained;
}

interface WorkSchema extends DBSchema {
  work: { key: string; value: Work };
  runs: { key: string; value: Run };
  /** Whole files, of users who asked for it. */
  tables: { key: string; value: File };
  models: { key: string; value: { readonly form: number; readonly model: KeptModel } };
}

type Database = IDBPDatabase<WorkSchema>;

/** Some browsers neither open a database nor say that they will not. */
const OPEN_MS = 3000;
const LAST = "last";
const MOST_RUNS = 30;
/** Models of another form were kept by another version of the page, and count as none. */
const MODEL_FORM = 2;

/** What this browser keeps of its user's work. Where it keeps nothing, everything is as on the first visit. */
export class WorkStore {
  readonly #name: string;
  #database: Promise<Database | null> | null = null;

  constructor(databaseName = "berth-work") {
    this.#name = databaseName;
  }

  async last(): Promise<Work | null> {
    return (await this.#attempt(async (database) => database.get("work", LAST))) ?? null;
  }

  async keep(work: Work): Promise<void> {
    await this.#attempt(async (database) => database.put("work", work, LAST));
  }

  /** The whole file that was kept; null if the user did not ask for it. */
  async table(): Promise<File | null> {
    return (await this.#attempt(async (database) => database.get("tables", LAST))) ?? null;
  }

  /** @returns Whether there was space for it. */
  async keepTable(file: File): Promise<boolean> {
    // A file of the disk is only pointed to; its bytes are to outlast it.
    const copy = new File([await file.arrayBuffer()], file.name, { type: file.type });
    const key = await this.#attempt(async (database) => database.put("tables", copy, LAST));
    return key !== undefined;
  }

  async forgetTable(): Promise<void> {
    await this.#attempt(async (database) => database.clear("tables"));
  }

  /** Forget the table that was worked on. */
  async forget(): Promise<void> {
    await this.#attempt(async (database) => database.clear("work"));
    await this.forgetTable();
  }

  /** The latest first. */
  async runs(): Promise<readonly Run[]> {
    const runs = (await this.#attempt(async (database) => database.getAll("runs"))) ?? [];
    return runs.sort((a, b) => b.at - a.at);
  }

  async addRun(run: Run): Promise<void> {
    await this.#attempt(async (database) => database.put("runs", run, run.id));
    for (const { id } of (await this.runs()).slice(MOST_RUNS)) await this.forgetRun(id);
  }

  async forgetRun(id: string): Promise<void> {
    await this.#attempt(async (database) => database.delete("runs", id));
  }

  /** The latest first. */
  async models(): Promise<readonly KeptModel[]> {
    const kept = (await this.#attempt(async (database) => database.getAll("models"))) ?? [];
    const known = kept.filter(({ form }) => form === MODEL_FORM);
    return known.map(({ model }) => model).sort((a, b) => b.at - a.at);
  }

  /** @returns Whether there was space for it. */
  async keepModel(model: KeptModel): Promise<boolean> {
    const put = { form: MODEL_FORM, model };
    const key = await this.#attempt(async (database) => database.put("models", put, model.id));
    return key !== undefined;
  }

  async forgetModel(id: string): Promise<void> {
    await this.#attempt(async (database) => database.delete("models", id));
  }

  async clear(): Promise<void> {
    await this.forget();
    await this.#attempt(async (database) => database.clear("runs"));
    await this.#attempt(async (database) => database.clear("models"));
  }

  async #attempt<T>(use: (database: Database) => Promise<T>): Promise<T | undefined> {
    this.#database ??= open(this.#name);
    const database = await this.#database;
    return database ? use(database).catch(() => undefined) : undefined;
  }
}

async function open(name: string): Promise<Database | null> {
  try {
    const opening = openDB<WorkSchema>(name, 2, {
      upgrade: (database, before) => {
        const first = before < 1 ? (["work", "runs", "tables"] as const) : [];
        for (const store of [...first, "models"] as const) database.createObjectStore(store);
      },
      // Another tab has a later page, and waits for this.
      blocking: (_, __, event) => (event.target as IDBDatabase | null)?.close(),
    });
    const nothing = new Promise<null>((done) => setTimeout(() => done(null), OPEN_MS));
    return await Promise.race([opening, nothing]);
  } catch {
    return null; // No IndexedDB here, or not for this site.
  }
}
