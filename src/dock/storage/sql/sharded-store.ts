import type {
  IslandSummary,
  LearnwareCard,
  WireSpecification,
} from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import type { Island } from "../../../engine/kinds/table/space/island";
import type { Database } from "../database/database";
import type {
  Entry,
  Growth,
  LearnwareFilter,
  LearnwareStore,
  LearnwareVersion,
  MatchQuery,
  Neighbour,
  NeighbourQuery,
  PackageOf,
  Page,
  Placed,
  Placing,
  Space,
  TextMatch,
} from "../learnware-store";
import { ShardMap } from "./shard-map";
import { numberFrom, shardOf } from "./shard-numbers";
import { SqlStore } from "./sql-store";

/**
 * Islands spread over several databases. Learnwares compare only within an island, which one
 * database has as a whole, so that a search by data asks that one alone; what asks for no island
 * asks all of them at once. An id stays on the shard where it was first put: what has it cannot
 * move to an island of another.
 */
export class ShardedStore implements LearnwareStore {
  readonly #map: ShardMap;
  /** By the numbers of their shards. */
  readonly #stores: ReadonlyMap<number, SqlStore>;

  private constructor(map: ShardMap, stores: ReadonlyMap<number, SqlStore>) {
    this.#map = map;
    this.#stores = stores;
  }

  /**
   * Bring all databases up to date. The store closes them when it is closed.
   *
   * @param main - Knows which shard has which island, and has those that were placed nowhere else.
   * @param shards - By names that never change.
   * @throws AppError `bad_parameter` if islands are on a shard that is not given, or if one of the
   *   databases is not the one that had its name.
   */
  static async open(main: Database, shards: ReadonlyMap<string, Database>): Promise<ShardedStore> {
    const stores = new Map([[0, await SqlStore.open(main)]]);
    await numberFrom(main, 0);
    const map = await ShardMap.open(main, [...shards.keys()]);
    for (const [name, number] of map.numbers) {
      const database = shards.get(name)!;
      stores.set(number, await SqlStore.open(database));
      await numberFrom(database, number);
    }
    return new ShardedStore(map, stores);
  }

  /**
   * Has an island that is to come live on a shard.
   *
   * @throws AppError `bad_input` if there is no such shard, or the island has another place already.
   */
  placeIsland(islandId: string, shard: string): Promise<void> {
    return this.#map.reserve(islandId, shard);
  }

  async putIsland(island: Island): Promise<void> {
    await this.#stores.get(await this.#map.place(island.id))!.putIsland(island);
  }

  async islands(): Promise<IslandSummary[]> {
    const found = await this.#ask((store) => store.islands());
    return found.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async findIsland(id: string): Promise<IslandSummary | null> {
    return (await this.#find(id))?.findIsland(id) ?? null;
  }

  async findSpace(islandId: string, version?: number): Promise<Space | null> {
    return (await this.#find(islandId))?.findSpace(islandId, version) ?? null;
  }

  async islandVersions(id: string): Promise<Island[]> {
    return (await this.#find(id))?.islandVersions(id) ?? [];
  }

  async removeEmptyIsland(id: string): Promise<void> {
    await (await this.#find(id))?.removeEmptyIsland(id);
  }

  async put(entry: Entry): Promise<void> {
    const store = await this.#claim(entry.card.islandId, [entry.card.id]);
    await store.put(entry);
  }

  async putAll(entries: readonly Entry[]): Promise<void> {
    const [first] = entries;
    if (!first) return;
    const ids = entries.map(({ card }) => card.id);
    const store = await this.#claim(first.card.islandId, ids);
    await store.putAll(entries);
  }

  async find(id: string): Promise<LearnwareCard | null> {
    return (await this.findAll([id]))[0] ?? null;
  }

  async findAll(ids: readonly string[]): Promise<LearnwareCard[]> {
    return (await this.#ask((store) => store.findAll(ids))).flat();
  }

  async findVersions(
    wanted: readonly Pick<Neighbour, "number" | "version">[],
  ): Promise<Map<string, LearnwareCard>> {
    const found = await this.#ask((store, shard) =>
      store.findVersions(wanted.filter(({ number }) => shardOf(number) === shard)),
    );
    return new Map(found.flatMap((cards) => [...cards]));
  }

  async list(
    filter: LearnwareFilter,
    { limit, offset }: Page,
  ): Promise<{ learnwares: LearnwareCard[]; total: number }> {
    const page = { limit: offset + limit, offset: 0 }; // Any shard may have all that come first.
    const found = await this.#ask((store) => store.list(filter, page));
    return {
      learnwares: found
        .flatMap(({ learnwares }) => learnwares)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(offset, offset + limit),
      total: found.reduce((sum, { total }) => sum + total, 0),
    };
  }

  async match(query: MatchQuery): Promise<TextMatch[]> {
    const found = await this.#ask((store) => store.match(query));
    return found
      .flat()
      .sort((a, b) => b.rank - a.rank || (a.card.id < b.card.id ? -1 : 1))
      .slice(0, query.limit);
  }

  async history(id: string): Promise<LearnwareVersion[]> {
    return (await this.#ask((store) => store.history(id))).flat();
  }

  async remove(id: string): Promise<void> {
    await this.#ask((store) => store.remove(id));
  }

  async purge(before: Date): Promise<number> {
    const counts = await this.#ask((store) => store.purge(before));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async usesPackage(sha256: string): Promise<boolean> {
    return (await this.#ask((store) => store.usesPackage(sha256))).includes(true);
  }

  async findSpecification(id: string, islandVersion?: number): Promise<WireSpecification | null> {
    const found = await this.#ask((store) => store.findSpecification(id, islandVersion));
    return found.find((specification) => specification !== null) ?? null;
  }

  async specificationsOn(islandId: string, islandVersion: number): Promise<WireSpecification[]> {
    return (await this.#find(islandId))?.specificationsOn(islandId, islandVersion) ?? [];
  }

  async nearest(space: Space, sketch: Float32Array, query: NeighbourQuery): Promise<Neighbour[]> {
    return (await this.#on(space)).nearest(space, sketch, query);
  }

  async placed(space: Space, after: string, limit: number): Promise<Placed[]> {
    return (await this.#on(space)).placed(space, after, limit);
  }

  async undecided(islandId: string, limit: number): Promise<string[]> {
    return (await this.#find(islandId))?.undecided(islandId, limit) ?? [];
  }

  async setCoveredBy(learnware: PackageOf, cover: PackageOf | null): Promise<void> {
    await this.#ask((store) => store.setCoveredBy(learnware, cover));
  }

  async growth(islandId: string): Promise<Growth | null> {
    return (await this.#find(islandId))?.growth(islandId) ?? null;
  }

  async settle(islandId: string): Promise<void> {
    await (await this.#find(islandId))?.settle(islandId);
  }

  async prepareSpace(island: Island): Promise<Space> {
    return (await this.#on({ island })).prepareSpace(island);
  }

  async fillSpace(space: Space, entries: readonly Placing[]): Promise<void> {
    await (await this.#on(space)).fillSpace(space, entries);
  }

  async missingFrom(space: Space, limit: number): Promise<Placed[]> {
    return (await this.#on(space)).missingFrom(space, limit);
  }

  async publishSpace(space: Space): Promise<boolean> {
    return (await this.#on(space)).publishSpace(space);
  }

  async withoutIndex(space: Space, load: () => Promise<void>): Promise<void> {
    await (await this.#on(space)).withoutIndex(space, load);
  }

  async close(): Promise<void> {
    await this.#ask((store) => store.close());
  }

  #ask<T>(question: (store: SqlStore, shard: number) => Promise<T>): Promise<T[]> {
    return Promise.all([...this.#stores].map(([shard, store]) => question(store, shard)));
  }

  async #find(islandId: string): Promise<SqlStore | null> {
    const shard = await this.#map.find(islandId);
    return shard === null ? null : this.#stores.get(shard)!;
  }

  async #on({ island }: Pick<Space, "island">): Promise<SqlStore> {
    const store = await this.#find(island.id);
    if (!store) throw new AppError("stale_island", "the island is gone");
    return store;
  }

  async #claim(islandId: string, ids: readonly string[]): Promise<SqlStore> {
    const shard = await this.#map.find(islandId);
    if (shard === null) throw new AppError("bad_input", "there is no such island");
    await this.#map.claim(ids, shard);
    return this.#stores.get(shard)!;
  }
}
