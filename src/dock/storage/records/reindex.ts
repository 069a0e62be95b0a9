import { createHash } from "node:crypto";

import { SqlAccounts } from "../../accounts/sql-accounts";
import { AppError } from "../../../contracts/outcome";
import type { Space } from "../../../engine/kinds/space";
import type { Describer } from "../describer";
import { Intake, type Offer } from "../../intake/intake";
import { readAll } from "../blobs/read-all";
import type { BlobStore } from "../blobs/blob-store";
import type { Database } from "../database/database";
import type { LearnwareRecord } from "./learnware-record";
import type { RecordKinds, RecordSource } from "./record-files";
import { SqlRecords } from "../sql/sql-records";
import { SqlStore } from "../sql/sql-store";
import { Submissions } from "../submissions/submissions";
import { Uploads } from "../uploads/uploads";

/** What is told of a rebuild while it runs. */
export type RebuildEvent =
  | { readonly kind: "begun"; readonly islands: number; readonly learnwares: number }
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  /** Something that could not be brought back; the others go on. */
  | { readonly kind: "lost"; readonly what: string; readonly problem: string }
  | { readonly kind: "done"; readonly learnwares: number; readonly lost: number };

interface ReindexParts {
  readonly records: RecordSource;
  readonly blobs: BlobStore;
  readonly describer: Describer;
  readonly onEvent: (event: RebuildEvent) => void;
}

/** Learnwares whose zips are in memory at once. */
const BATCH = 50;
/** Learnwares from one report of progress to the next. */
const TOLD_EVERY = 100;

/** Fill an empty database with all that the records tell of and the zips hold. */
export async function reindex(database: Database, parts: ReindexParts): Promise<void> {
  const reindexing = new Reindexing(database, await SqlStore.open(database), parts);
  await reindexing.run();
}

class Reindexing {
  readonly #parts: ReindexParts;
  readonly #store: SqlStore;
  readonly #times: SqlRecords;
  readonly #accounts: SqlAccounts;
  readonly #submissions: Submissions;
  readonly #uploads: Uploads;
  readonly #intake: Intake;
  #done = 0;
  #told = 0;
  #kept = 0;
  #lost = 0;

  constructor(database: Database, store: SqlStore, parts: ReindexParts) {
    const { describer } = parts;
    const onChange = () => Promise.resolve();
    this.#parts = parts;
    this.#store = store;
    this.#times = new SqlRecords(database);
    this.#accounts = new SqlAccounts(database);
    this.#submissions = new Submissions(database);
    this.#uploads = new Uploads({ database, blobs: parts.blobs });
    this.#intake = new Intake({ store, blobs: keptAlready, describer, onChange });
  }

  async run(): Promise<void> {
    for (const account of await this.#read("accounts")) await this.#accounts.bringBack(account);
    for (const kept of await this.#read("submissions")) await this.#submissions.bringBack(kept);
    for (const kept of await this.#read("uploads")) await this.#uploads.bringBack(kept);
    const spaces = await this.#read("spaces");
    const islands = await this.#read("islands");
    const learnwares = await this.#read("learnwares");
    const total = learnwares.length;
    if (spaces.length + total + this.#lost === 0) return; // A new dock.
    this.#parts.onEvent({ kind: "begun", islands: islands.length, learnwares: total });
    spaces.sort((a, b) => a.version - b.version);
    for (const space of spaces) await this.#store.putSpace(await this.#withItsBook(space));
    for (const { spaceId, ...island } of islands) await this.#store.putIsland(island, spaceId);

    const groups = new Map<string, LearnwareRecord[]>();
    for (const record of learnwares) {
      const group = groups.get(record.islandId);
      if (group) group.push(record);
      else groups.set(record.islandId, [record]);
    }
    for (const [islandId, group] of groups) await this.#fill(islandId, group, total);

    const known = new Set([...islands, ...spaces].map(({ id }) => id));
    for (const { id, space } of await this.#store.islands()) {
      await this.#store.settle(space.id); // Its scale was estimated before, from the same learnwares.
      if (!known.has(id)) await this.#store.removeEmptyIsland(id); // An earlier version founded it.
    }
    this.#parts.onEvent({ kind: "done", learnwares: this.#kept, lost: this.#lost });
  }

  async #read<Kind extends keyof RecordKinds>(kind: Kind): Promise<RecordKinds[Kind][]> {
    const read: RecordKinds[Kind][] = [];
    for await (const each of this.#parts.records.readAll(kind)) {
      if (each.ok) read.push(each.value);
      else this.#lose(each.file, each.problem);
    }
    return read;
  }

  /** Without its book, where that is lost: what is in the zips has points of its own. */
  async #withItsBook(space: Space): Promise<Space> {
    if (!space.book) return space;
    const bytes = await this.#readBlob("book", space.book.sha256);
    if (typeof bytes !== "string") return space;
    this.#lose(`${space.id}@${space.version}`, bytes);
    return { ...space, book: undefined };
  }

  async #fill(islandId: string, records: readonly LearnwareRecord[], total: number): Promise<void> {
    const load = async () => {
      for (let at = 0; at < records.length; at += BATCH) {
        const batch = records.slice(at, at + BATCH);
        await this.#bringBack(batch);
        this.#done += batch.length;
        if (this.#done < total && this.#done < this.#told + TOLD_EVERY) continue;
        this.#told = this.#done;
        this.#parts.onEvent({ kind: "progress", done: this.#done, total });
      }
    };
    const island = await this.#store.findIsland(islandId);
    const space = island && (await this.#store.findSpace(island.space.id));
    await (space ? this.#store.withoutIndex(space, load) : load());
  }

  /** First the first version of each, then the second of those that have one, and so on. */
  async #bringBack(records: readonly LearnwareRecord[]): Promise<void> {
    const kept = new Map<string, LearnwareRecord["versions"]>();
    for (let i = 0; ; i++) {
      const round = records.filter(({ versions }) => i < versions.length);
      if (round.length === 0) break;
      for (const id of await this.#take(round, i)) {
        const before = kept.get(id) ?? [];
        const version = records.find((one) => one.id === id)!.versions[i]!;
        // After one that was lost, the same zip may follow itself: that is no new version.
        if (before.at(-1)?.sha256 !== version.sha256) kept.set(id, [...before, version]);
      }
    }
    const back = records.filter(({ id }) => kept.has(id));
    for (const { id, deletedAt } of back) if (deletedAt !== null) await this.#store.remove(id);
    await this.#times.restamp(back.map((one) => ({ ...one, versions: kept.get(one.id)! })));
    this.#kept += back.length;
  }

  /** @returns Ids of those whose version number i + 1 is there now. */
  async #take(records: readonly LearnwareRecord[], i: number): Promise<string[]> {
    const offers: Offer[] = [];
    for (const { id, origin, islandId, ownerId, versions } of records) {
      const { sha256 } = versions[i]!;
      const isLast = i === versions.length - 1;
      const zip = await this.#readBlob("zip", sha256);
      if (typeof zip === "string") this.#lose(nameOf(id, i), zip);
      else offers.push({ id, zip, origin, ownerId, islandId: isLast ? islandId : undefined });
    }
    const taken = await this.#intake.takeAll(offers);
    const ids: string[] = [];
    for (const [id, outcome] of taken) {
      if (outcome instanceof Error) this.#lose(nameOf(id, i), outcome.message);
      else ids.push(id);
    }
    return ids;
  }

  /** @returns A string says what is wrong. */
  async #readBlob(what: "zip" | "book", sha256: string): Promise<Uint8Array | string> {
    try {
      const blob = await this.#parts.blobs.open(sha256);
      const bytes = blob && (await readAll(blob.stream));
      return bytes ?? `its ${what} ${sha256} is missing`;
    } catch (error) {
      if (error instanceof AppError && error.code === "hash_mismatch") return error.message;
      throw error;
    }
  }

  #lose(what: string, problem: string): void {
    this.#lost++;
    this.#parts.onEvent({ kind: "lost", what, problem });
  }
}

/** The zips were read from where they are to be kept. */
const keptAlready: Pick<BlobStore, "put" | "has"> = {
  put: async (bytes) => {
    const zip = bytes instanceof Uint8Array ? bytes : await readAll(bytes);
    return { sha256: hashOf(zip!), sizeBytes: zip!.length };
  },
  has: () => Promise.resolve(true),
};

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function nameOf(id: string, i: number): string {
  return `${id}, version ${i + 1}`;
}
