import { SearchRequest } from "../../src/contracts/http/dock-api";
import { toWireOnBook } from "../../src/contracts/wire/wire-on-book";
import { toWire } from "../../src/contracts/wire/wire-rkme";
import type { Describer } from "../../src/dock/storage/describer";
import { openDatabase } from "../../src/dock/storage/open-database";
import { SearchService } from "../../src/dock/features/search/service";
import type { Database } from "../../src/dock/storage/database/database";
import type { Entry, SpaceVersion } from "../../src/dock/storage/learnware-store";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import type { Specification } from "../../src/engine/specification/specification";
import { serverUsage } from "./search-server-usage";
import type { FormedSpace } from "./search-form";
import { type Filling, type Search, type SearchSubject, SHOWN, Stopwatch } from "./search-subject";

/**
 * The dock's own way from a request to a page of cards, with everything but HTTP. What an earlier
 * run left in its database is searched again, and not loaded again.
 */
export class StoreSubject implements SearchSubject {
  readonly #database: Database;
  readonly #store: SqlStore;
  readonly #searcher: SearchService;
  readonly #describer: Describer;
  readonly #space: SpaceVersion;

  private constructor(
    database: Database,
    store: SqlStore,
    describer: Describer,
    space: SpaceVersion,
  ) {
    this.#database = database;
    this.#store = store;
    this.#searcher = new SearchService(store, describer);
    this.#describer = describer;
    this.#space = space;
  }

  /** @param databaseUrl - Without it, an embedded database in the directory. */
  static async open(
    { space: definition, describer }: FormedSpace,
    dataDirectory: string,
    databaseUrl: string | undefined,
  ): Promise<StoreSubject> {
    const database = await openDatabase({ dataDirectory, databaseUrl });
    const store = await SqlStore.open(database);
    await store.putSpace(definition);
    const space = await store.findSpace(definition.id, definition.version);
    return new StoreSubject(database, store, describer, space!);
  }

  async fill(batches: AsyncIterable<readonly Entry[]>): Promise<Filling> {
    await this.#database.script("create table if not exists bench_filling (figures jsonb)");
    const [known] = await this.#database.query<{ figures: Filling }>(
      "select figures from bench_filling",
    );
    if (known) {
      await this.#readAll();
      return known.figures;
    }
    const taking = new Stopwatch();
    let rows = 0;
    let filled = 0;
    await this.#store.withoutIndex(this.#space, async () => {
      for await (const entries of batches) {
        await taking.time(() => this.#store.putAll(entries));
        rows += entries.length;
      }
      filled = performance.now();
    });
    const figures: Filling = {
      rows_per_second: rows / taking.seconds,
      build_seconds: (performance.now() - filled) / 1000,
    };
    await this.#database.script("analyze");
    await this.#database.query("insert into bench_filling values ($1)", [JSON.stringify(figures)]);
    await this.#readAll();
    return figures;
  }

  /** As after a while of service on a machine that has the memory; seeking the truth has taken it for itself. */
  async #readAll(): Promise<void> {
    if (this.#database instanceof PgliteDatabase) return;
    await this.#database.transaction(async (tx) => {
      await tx.script("set local statement_timeout = 0; create extension if not exists pg_prewarm");
      await tx.query(
        "select pg_prewarm(oid, 'read') from pg_class where relkind in ('r', 'i', 't') and relfilenode > 0",
      );
    });
  }

  async prepare(rkme: Specification): Promise<Search> {
    const { definition } = this.#space;
    const { id, version, book } = definition;
    const form = await this.#describer.form(definition);
    const space = { id, version };
    const on = book && toWireOnBook(book, form.weightsOf(form.pack(rkme)), rkme.rowCount);
    const requirement: SearchRequest["requirement"] = on
      ? { form: "weights", space, on, noise: null }
      : { form: "reduced", space, specification: toWire(rkme) };
    return async (mixture) => {
      const request = { islandId: id, requirement, limit: SHOWN, mixture, facets: false };
      const { singles } = await this.#searcher.search(request);
      return singles.map(({ learnware }) => learnware.id);
    };
  }

  async sizes(): Promise<Record<string, number>> {
    const { number } = this.#space;
    const [sizes] = await this.#database.query<Record<string, string>>(
      `select pg_total_relation_size('specification_${number}') as specifications_bytes,
         pg_table_size('sketch_${number}') as sketches_bytes,
         pg_relation_size('sketch_${number}_near') as index_bytes,
         pg_database_size(current_database()) as database_bytes`,
    );
    const server = await this.#serverUsage();
    return {
      ...Object.fromEntries(Object.entries(sizes!).map(([name, bytes]) => [name, Number(bytes)])),
      ...(server && { server_bytes: server.bytes }),
    };
  }

  async serverCpuMs(): Promise<number> {
    return (await this.#serverUsage())?.cpuMs ?? 0;
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  async #serverUsage() {
    if (this.#database instanceof PgliteDatabase) return null;
    const [backend] = await this.#database.query<{ pid: number }>("select pg_backend_pid() as pid");
    return serverUsage(backend!.pid);
  }
}
