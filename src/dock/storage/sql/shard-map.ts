import { AppError } from "../../../contracts/outcome";
import type { Database } from "../database/database";

/** What the main database is called among the shards. */
const MAIN = 0;

/** Which shard has what, as the main database knows it. Shards have numbers; 0 is the main database. */
export class ShardMap {
  readonly #database: Database;
  /** By their names. */
  readonly numbers: ReadonlyMap<string, number>;
  /** An island never moves. */
  readonly #known = new Map<string, number>();

  private constructor(database: Database, numbers: ReadonlyMap<string, number>) {
    this.#database = database;
    this.numbers = numbers;
  }

  /** @throws AppError `bad_parameter` if islands are on a shard of another name. */
  static async open(database: Database, names: readonly string[]): Promise<ShardMap> {
    await database.query(
      "insert into shard (name) select unnest($1::text[]) on conflict do nothing",
      [names],
    );
    await database.query(
      "insert into island_shard (island_id, shard) select id, $1::int from island on conflict do nothing",
      [MAIN],
    );
    const rows = await database.query<{ number: number; name: string; isUsed: boolean }>(
      `select number, name, exists (select 1 from island_shard where shard = number) as "isUsed"
       from shard`,
    );
    const lost = rows.find(({ name, isUsed }) => isUsed && !names.includes(name));
    if (lost) throw new AppError("bad_parameter", `there are islands on the shard ${lost.name}`);
    const given = rows.filter(({ name }) => names.includes(name));
    return new ShardMap(database, new Map(given.map(({ name, number }) => [name, number])));
  }

  /** Null, never throws, when it was never placed. */
  async find(islandId: string): Promise<number | null> {
    const known = this.#known.get(islandId);
    if (known !== undefined) return known;
    const [row] = await this.#database.query<{ shard: number }>(
      "select shard from island_shard where island_id = $1",
      [islandId],
    );
    if (row) this.#known.set(islandId, row.shard);
    return row?.shard ?? null;
  }

  /**
   * Has an island that is to come live on a shard.
   *
   * @throws AppError `bad_input` if there is no such shard, or the island has another place already.
   */
  async reserve(islandId: string, name: string): Promise<void> {
    const shard = this.numbers.get(name);
    if (shard === undefined) throw new AppError("bad_input", `there is no shard ${name}`);
    if ((await this.place(islandId, shard)) !== shard) {
      throw new AppError("bad_input", "the island is on another shard");
    }
  }

  /** @returns Where it is: there, unless it has a place already. */
  async place(islandId: string, shard = MAIN): Promise<number> {
    await this.#database.query(
      "insert into island_shard (island_id, shard) values ($1, $2) on conflict do nothing",
      [islandId, shard],
    );
    return (await this.find(islandId))!;
  }

  /**
   * Keep ids to one shard, for good: what two shards had under one id could not be told apart.
   *
   * @throws AppError `bad_input` if another shard has one of them.
   */
  async claim(ids: readonly string[], shard: number): Promise<void> {
    await this.#database.query(
      `insert into learnware_shard (learnware_id, shard)
       select wanted, case when exists (select 1 from learnware where id = wanted)
         then ${MAIN} else $2 end
       from unnest($1::text[]) as wanted order by wanted on conflict do nothing`,
      [ids, shard],
    );
    const [taken] = await this.#database.query<{ id: string }>(
      `select learnware_id as id from learnware_shard
       where learnware_id = any($1::text[]) and shard <> $2 limit 1`,
      [ids, shard],
    );
    if (taken) throw new AppError("bad_input", `the id ${taken.id} is taken on another shard`);
  }
}
