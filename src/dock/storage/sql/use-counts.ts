import type { Database } from "../database/database";

export type Use = "search" | "download";

/** What was counted is written so often; a dock that dies loses as much. */
const WRITTEN_EVERY_MS = 10_000;
/** Counts that are held until then, at most. */
const MOST_HELD = 10_000;

/** Counts what is done with the dock, by day: never who did it, nor what was asked. */
export class UseCounts {
  readonly #database: Pick<Database, "query">;
  readonly #onFailure: (error: unknown) => void;
  #counts = new Map<string, number>();
  readonly #clock: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();

  constructor(database: Pick<Database, "query">, onFailure: (error: unknown) => void) {
    this.#database = database;
    this.#onFailure = onFailure;
    this.#clock = setInterval(() => void this.write(), WRITTEN_EVERY_MS);
    this.#clock.unref();
  }

  /** @param learnwareId - Of what was downloaded. */
  add(use: Use, learnwareId = ""): void {
    const key = `${new Date().toISOString().slice(0, 10)} ${use} ${learnwareId}`;
    const held = this.#counts.get(key);
    if (held === undefined && this.#counts.size >= MOST_HELD) return;
    this.#counts.set(key, (held ?? 0) + 1);
  }

  /** Resolves when everything that was counted is in the database, or could not be written. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write()).catch(this.#onFailure);
    return this.#writing;
  }

  async close(): Promise<void> {
    clearInterval(this.#clock);
    await this.write();
  }

  async #write(): Promise<void> {
    const counts = this.#counts;
    if (counts.size === 0) return;
    this.#counts = new Map();
    const rows = [...counts].map(([key, count]) => {
      const [day, kind, id] = key.split(" ");
      return { day, kind, id, count };
    });
    await this.#database.query(
      `insert into use_count (day, kind, learnware_id, count)
       select r.day, r.kind, r.id, r.count
       from jsonb_to_recordset($1::jsonb) as r (day date, kind text, id text, count bigint)
       order by r.day, r.kind, r.id
       on conflict (day, kind, learnware_id) do update set count = use_count.count + excluded.count`,
      [JSON.stringify(rows)],
    );
  }
}
