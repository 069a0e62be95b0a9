import type {
  Island,
  IslandSummary,
  LearnwareCard,
  WireSpecification,
} from "../../../contracts/http/dock-api";
import { AppError } from "../../../contracts/outcome";
import type { Facets } from "../../../engine/search/catalogue/facets";
import type { Space } from "../../../engine/kinds/space";
import type { Database } from "../database/database";
import { DatabaseError } from "../database/database-error";
import type {
  CatalogueQuery,
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
  SpaceVersion,
  StoredChart,
  TextMatch,
} from "../learnware-store";
import { catalogueAll } from "./catalogue/catalogue-entry";
import { migrate } from "./migrate";
import { RowCache } from "./row-cache";
import * as chart from "./sql-chart";
import { dropIndex } from "./space-tables";
import * as catalogue from "./catalogue/sql-catalogue";
import * as islands from "./sql-islands";
import * as spaces from "./sql-spaces";
import * as learnwares from "./sql-learnwares";
import * as search from "./sql-search";

/** A `LearnwareStore` in PostgreSQL, embedded or served; the SQL is that of PostgreSQL 15. */
export class SqlStore implements LearnwareStore {
  readonly #database: Database;
  readonly #cache = new RowCache();

  private constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Bring the database and what it keeps of cards up to date, and tidy up after docks that died: indexes that a bulk load left
   * out, versions of islands that were never published. The store closes the database when it is
   * closed.
   */
  static async open(database: Database): Promise<SqlStore> {
    await migrate(database);
    await catalogueAll(database);
    const store = new SqlStore(database);
    await spaces.sweepSpaces(database).catch(unlessElsewhere);
    for (const space of await spaces.unindexedSpaces(database)) {
      await store.#makeIndex(space).catch(unlessElsewhere);
    }
    return store;
  }

  putSpace(space: Space): Promise<void> {
    const { vectorType } = this.#database;
    return this.#database.transaction((tx) => spaces.putSpace(tx, space, vectorType));
  }

  putIsland(island: Island, spaceId: string): Promise<void> {
    return this.#database.transaction((tx) => islands.putIsland(tx, island, spaceId));
  }

  islands(): Promise<IslandSummary[]> {
    return islands.listIslands(this.#database.reader, this.#cache);
  }

  countIslands(): Promise<number> {
    return islands.countIslands(this.#database.reader);
  }

  findIsland(id: string): Promise<IslandSummary | null> {
    return islands.findIsland(this.#database.reader, this.#cache, id);
  }

  findSpace(id: string, version?: number): Promise<SpaceVersion | null> {
    return spaces.findSpace(this.#database.reader, this.#cache, id, version);
  }

  spaceVersions(id: string): Promise<Space[]> {
    return spaces.spaceVersions(this.#database.reader, id);
  }

  moveLearnwares(from: string, into: string, ids: readonly string[] | null): Promise<void> {
    return this.#database.transaction((tx) => islands.moveLearnwares(tx, from, into, ids));
  }

  removeEmptyIsland(id: string): Promise<void> {
    return this.#database.transaction((tx) => islands.removeEmptyIsland(tx, id));
  }

  put(entry: Entry): Promise<void> {
    return this.#database.transaction((tx) => learnwares.put(tx, entry));
  }

  putAll(entries: readonly Entry[]): Promise<void> {
    return this.#database.transaction((tx) =>
      learnwares.putAll(tx, this.#database.vectorType, entries),
    );
  }

  async find(id: string): Promise<LearnwareCard | null> {
    return (await this.findAll([id]))[0] ?? null;
  }

  findAll(ids: readonly string[]): Promise<LearnwareCard[]> {
    return learnwares.findAll(this.#database.reader, ids);
  }

  originsOf(ids: readonly string[]): Promise<Map<string, string>> {
    return learnwares.originsOf(this.#database, ids);
  }

  findVersions(
    wanted: readonly Pick<Neighbour, "number" | "version">[],
  ): Promise<Map<string, LearnwareCard>> {
    return learnwares.findVersions(this.#database.reader, this.#cache, wanted);
  }

  list(
    filter: LearnwareFilter,
    page: Page,
  ): Promise<{ learnwares: LearnwareCard[]; total: number }> {
    return learnwares.list(this.#database.reader, filter, page);
  }

  match(query: MatchQuery): Promise<TextMatch[]> {
    return catalogue.match(this.#database.reader, query);
  }

  facets(query: CatalogueQuery): Promise<Facets> {
    return catalogue.facets(this.#database.reader, query);
  }

  history(id: string): Promise<LearnwareVersion[]> {
    return learnwares.history(this.#database.reader, id);
  }

  remove(id: string): Promise<string | null> {
    return this.#database.transaction((tx) => learnwares.remove(tx, id));
  }

  lastCollected(): Promise<Date | null> {
    return learnwares.lastCollected(this.#database);
  }

  noteCollected(at: Date): Promise<void> {
    return learnwares.noteCollected(this.#database, at);
  }

  purge(before: Date): Promise<number> {
    return this.#database.transaction((tx) => learnwares.purge(tx, before));
  }

  async usesPackage(sha256: string): Promise<boolean> {
    const found = await this.#database.query(
      "select 1 from learnware_version where sha256 = $1 limit 1",
      [sha256],
    );
    return found.length > 0;
  }

  async usesBook(sha256: string): Promise<boolean> {
    const found = await this.#database.query(
      "select 1 from space_version where document -> 'book' ->> 'sha256' = $1 limit 1",
      [sha256],
    );
    return found.length > 0;
  }

  async findSpecification(id: string, spaceVersion?: number): Promise<WireSpecification | null> {
    const card = await this.find(id);
    const island = card && (await this.findIsland(card.islandId));
    const space = island && (await this.findSpace(island.space.id, spaceVersion));
    return (
      space && unlessRetired(space, learnwares.findSpecification(this.#database.reader, space, id))
    );
  }

  async findSpecifications(
    wanted: ReadonlyMap<string, string>,
    spaceVersion: number,
  ): Promise<WireSpecification[]> {
    const cards = await this.findAll([...wanted.keys()]);
    const found: WireSpecification[] = [];
    for (const [islandId, ids] of idsByIsland(cards, wanted)) {
      const island = await this.findIsland(islandId);
      const space = island && (await this.findSpace(island.space.id, spaceVersion));
      if (!space) continue;
      const reading = learnwares.findSpecifications(this.#database.reader, space, ids);
      found.push(...(await unlessRetired(space, reading)));
    }
    return found;
  }

  async specificationsOn(islandId: string, spaceVersion: number): Promise<WireSpecification[]> {
    const island = await this.findIsland(islandId);
    const space = island && (await this.findSpace(island.space.id, spaceVersion));
    if (!space) return [];
    return unlessRetired(
      space,
      learnwares.specificationsOn(this.#database.reader, space, islandId),
    );
  }

  nearest(space: SpaceVersion, sketch: Float32Array, query: NeighbourQuery): Promise<Neighbour[]> {
    return unlessRetired(space, search.nearest(this.#database, this.#cache, space, sketch, query));
  }

  placed(space: SpaceVersion, after: string, limit: number, islandId?: string): Promise<Placed[]> {
    return unlessRetired(space, search.placed(this.#database, space, after, limit, islandId));
  }

  undecided(islandId: string, limit: number): Promise<string[]> {
    return learnwares.undecided(this.#database, islandId, limit);
  }

  setCoveredBy(learnware: PackageOf, cover: PackageOf | null): Promise<void> {
    return this.#database.transaction((tx) => learnwares.setCoveredBy(tx, learnware, cover));
  }

  async growth(spaceId: string): Promise<Growth | null> {
    const [row] = await this.#database.query<Growth>(
      `select learnware_count as count, estimated_count as "estimatedCount", changes::text as changes
       from space where id = $1`,
      [spaceId],
    );
    return row ?? null;
  }

  chart(): Promise<StoredChart | null> {
    return chart.findChart(this.#database);
  }

  chartTag(): Promise<string | null> {
    return chart.chartTag(this.#database.reader);
  }

  putChart(drawn: StoredChart): Promise<void> {
    return chart.putChart(this.#database, drawn);
  }

  async settle(spaceId: string): Promise<void> {
    await this.#database.query("update space set estimated_count = learnware_count where id = $1", [
      spaceId,
    ]);
  }

  prepareSpace(space: Space): Promise<SpaceVersion> {
    const { vectorType } = this.#database;
    return this.#database.transaction((tx) => spaces.prepareSpace(tx, space, vectorType));
  }

  fillSpace(space: SpaceVersion, entries: readonly Placing[]): Promise<void> {
    const { vectorType } = this.#database;
    const filling = this.#database.transaction((tx) =>
      search.placeAll(tx, space.number, vectorType, entries),
    );
    return unlessRetired(space, filling);
  }

  async missingFrom(space: SpaceVersion, limit: number): Promise<Placed[]> {
    const current = await this.findSpace(space.definition.id);
    if (!current) return [];
    return unlessRetired(space, search.missing(this.#database, space, current, limit));
  }

  publishSpace(space: SpaceVersion): Promise<boolean> {
    const publishing = this.#database.transaction((tx) => spaces.publishSpace(tx, space));
    return unlessRetired(space, publishing);
  }

  async withoutIndex(space: SpaceVersion, load: () => Promise<void>): Promise<void> {
    await dropIndex(this.#database, space.number);
    try {
      await load();
    } finally {
      await this.#makeIndex(space);
    }
  }

  #makeIndex(space: SpaceVersion): Promise<void> {
    const { vectorType } = this.#database;
    return this.#database.transaction(async (tx) => {
      await tx.script("set local statement_timeout = 0");
      await spaces.makeIndex(tx, space, vectorType);
    });
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}

function idsByIsland(
  cards: readonly LearnwareCard[],
  wanted: ReadonlyMap<string, string>,
): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { id, islandId, sha256 } of cards) {
    if (wanted.get(id) === sha256) ids.set(islandId, [...(ids.get(islandId) ?? []), id]);
  }
  return ids;
}

/** A server that some spaces are on may be down: the others are served. */
function unlessElsewhere(error: unknown): void {
  if (!(error instanceof AppError && error.code === "network_failed")) throw error;
}

/** A space that was retired since it was found has no tables any more. */
async function unlessRetired<T>(
  { definition: island }: SpaceVersion,
  using: Promise<T>,
): Promise<T> {
  try {
    return await using;
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === "42P01")) throw error;
    throw new AppError("stale_island", `version ${island.version} of the space is gone`);
  }
}
