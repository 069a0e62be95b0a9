import type {
  Island,
  IslandSummary,
  LearnwareCard,
  WireSpecification,
} from "../../../contracts/http/dock-api";
import type { Facets } from "../../../engine/search/catalogue/facets";
import type { Space } from "../../../engine/kinds/space";
import { fnv1a } from "../../../engine/specification/kernel/random-features";
import type { LearnwareRecord } from "./learnware-record";
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
import type { RecordFiles } from "./record-files";
import type { SqlRecords } from "../sql/sql-records";
import { Mutex } from "../../../engine/ground/mutex";

/** Records written at once: each waits for the disk. */
const LANES = 16;
/** Records compared at once when all are. */
const PAGE = 500;

interface RecordingParts {
  readonly store: LearnwareStore;
  /** Of the same database as the store. */
  readonly source: Pick<SqlRecords, "find" | "page" | "idsOn" | "idsRemovedBefore">;
  readonly records: RecordFiles;
}

/**
 * A store that keeps records of what is in it: after a change is in the database, and before it is
 * acknowledged, the records of what changed are on the disk. An embedded database does not wait for
 * the disk itself, and can be built again from them.
 */
export class RecordingStore implements LearnwareStore {
  readonly #store: LearnwareStore;
  readonly #source: RecordingParts["source"];
  readonly #records: RecordFiles;
  /** What is written of one learnware or island always takes the same lane, so the last word is the latest. */
  readonly #lanes = Array.from({ length: LANES }, () => new Mutex());

  constructor({ store, source, records }: RecordingParts) {
    this.#store = store;
    this.#source = source;
    this.#records = records;
  }

  /** Writes every record that is missing, or says something else than the database. */
  async recordAll(): Promise<void> {
    const islands = await this.#store.islands();
    for (const { id } of islands) await this.#recordIsland(id);
    for (const id of new Set(islands.map(({ space }) => space.id))) await this.#recordVersions(id);
    const written = new Map<string, string>();
    for await (const each of this.#records.readAll("learnwares")) {
      if (each.ok) written.set(each.name, JSON.stringify(each.value));
    }
    for (let after = ""; ;) {
      const page = await this.#source.page(after, PAGE);
      const last = page.at(-1);
      if (!last) return;
      const isDifferent = (one: LearnwareRecord) => written.get(one.id) !== JSON.stringify(one);
      await this.#record(page.filter(isDifferent).map(({ id }) => id));
      after = last.id;
    }
  }

  async putSpace(space: Space): Promise<void> {
    await this.#store.putSpace(space);
    await this.#recordVersions(space.id, space.version);
    await this.#recordIsland(space.id);
  }

  async putIsland(island: Island, spaceId: string): Promise<void> {
    await this.#store.putIsland(island, spaceId);
    await this.#recordIsland(island.id);
  }

  async moveLearnwares(from: string, into: string, ids: readonly string[] | null): Promise<void> {
    await this.#store.moveLearnwares(from, into, ids);
    await this.#record(ids ?? (await this.#source.idsOn(into)));
    await this.#recordIsland(from);
    await this.#recordIsland(into);
  }

  async removeEmptyIsland(id: string): Promise<void> {
    const spaceId = (await this.#store.findIsland(id))?.space.id ?? id;
    const versions = await this.#store.spaceVersions(spaceId);
    const forgotten = await this.#source.idsOn(id);
    await this.#store.removeEmptyIsland(id);
    await this.#record(forgotten);
    await this.#recordIsland(id);
    await this.#laneOf(spaceId).take(async () => {
      if (await this.#store.findSpace(spaceId)) return;
      for (const { version } of versions) {
        await this.#records.remove("spaces", `${spaceId}@${version}`);
      }
    });
  }

  async put(entry: Entry): Promise<void> {
    await this.#store.put(entry);
    await this.#record([entry.card.id]);
  }

  async putAll(entries: readonly Entry[]): Promise<void> {
    await this.#store.putAll(entries);
    await this.#record(entries.map(({ card }) => card.id));
  }

  async remove(id: string): Promise<string | null> {
    const islandId = await this.#store.remove(id);
    await this.#record([id]);
    return islandId;
  }

  lastCollected(): Promise<Date | null> {
    return this.#store.lastCollected();
  }

  chart(): Promise<StoredChart | null> {
    return this.#store.chart();
  }

  chartTag(): Promise<string | null> {
    return this.#store.chartTag();
  }

  putChart(drawn: StoredChart): Promise<void> {
    return this.#store.putChart(drawn);
  }

  noteCollected(at: Date): Promise<void> {
    return this.#store.noteCollected(at);
  }

  async purge(before: Date): Promise<number> {
    const forgotten = await this.#source.idsRemovedBefore(before);
    const count = await this.#store.purge(before);
    await this.#record(forgotten);
    return count;
  }

  async publishSpace(space: SpaceVersion): Promise<boolean> {
    const isPublished = await this.#store.publishSpace(space);
    if (isPublished) await this.#recordVersions(space.definition.id, space.definition.version);
    return isPublished;
  }

  islands(): Promise<IslandSummary[]> {
    return this.#store.islands();
  }

  countIslands(): Promise<number> {
    return this.#store.countIslands();
  }

  findIsland(id: string): Promise<IslandSummary | null> {
    return this.#store.findIsland(id);
  }

  findSpace(id: string, version?: number): Promise<SpaceVersion | null> {
    return this.#store.findSpace(id, version);
  }

  spaceVersions(id: string): Promise<Space[]> {
    return this.#store.spaceVersions(id);
  }

  find(id: string): Promise<LearnwareCard | null> {
    return this.#store.find(id);
  }

  findAll(ids: readonly string[]): Promise<LearnwareCard[]> {
    return this.#store.findAll(ids);
  }

  originsOf(ids: readonly string[]): Promise<Map<string, string>> {
    return this.#store.originsOf(ids);
  }

  findVersions(
    wanted: readonly Pick<Neighbour, "number" | "version">[],
  ): Promise<Map<string, LearnwareCard>> {
    return this.#store.findVersions(wanted);
  }

  list(
    filter: LearnwareFilter,
    page: Page,
  ): Promise<{ learnwares: LearnwareCard[]; total: number }> {
    return this.#store.list(filter, page);
  }

  match(query: MatchQuery): Promise<TextMatch[]> {
    return this.#store.match(query);
  }

  facets(query: CatalogueQuery): Promise<Facets> {
    return this.#store.facets(query);
  }

  history(id: string): Promise<LearnwareVersion[]> {
    return this.#store.history(id);
  }

  usesPackage(sha256: string): Promise<boolean> {
    return this.#store.usesPackage(sha256);
  }

  usesBook(sha256: string): Promise<boolean> {
    return this.#store.usesBook(sha256);
  }

  findSpecification(id: string, spaceVersion?: number): Promise<WireSpecification | null> {
    return this.#store.findSpecification(id, spaceVersion);
  }

  findSpecifications(
    wanted: ReadonlyMap<string, string>,
    spaceVersion: number,
  ): Promise<WireSpecification[]> {
    return this.#store.findSpecifications(wanted, spaceVersion);
  }

  specificationsOn(islandId: string, spaceVersion: number): Promise<WireSpecification[]> {
    return this.#store.specificationsOn(islandId, spaceVersion);
  }

  nearest(space: SpaceVersion, sketch: Float32Array, query: NeighbourQuery): Promise<Neighbour[]> {
    return this.#store.nearest(space, sketch, query);
  }

  placed(space: SpaceVersion, after: string, limit: number, islandId?: string): Promise<Placed[]> {
    return this.#store.placed(space, after, limit, islandId);
  }

  undecided(islandId: string, limit: number): Promise<string[]> {
    return this.#store.undecided(islandId, limit);
  }

  setCoveredBy(learnware: PackageOf, cover: PackageOf | null): Promise<void> {
    return this.#store.setCoveredBy(learnware, cover);
  }

  growth(spaceId: string): Promise<Growth | null> {
    return this.#store.growth(spaceId);
  }

  settle(spaceId: string): Promise<void> {
    return this.#store.settle(spaceId);
  }

  prepareSpace(space: Space): Promise<SpaceVersion> {
    return this.#store.prepareSpace(space);
  }

  fillSpace(space: SpaceVersion, entries: readonly Placing[]): Promise<void> {
    return this.#store.fillSpace(space, entries);
  }

  missingFrom(space: SpaceVersion, limit: number): Promise<Placed[]> {
    return this.#store.missingFrom(space, limit);
  }

  withoutIndex(space: SpaceVersion, load: () => Promise<void>): Promise<void> {
    return this.#store.withoutIndex(space, load);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  /** Makes the files of these learnwares say what the database says by then. */
  async #record(ids: readonly string[]): Promise<void> {
    const shares = new Map<Mutex, string[]>();
    for (const id of ids) {
      const lane = this.#laneOf(id);
      shares.set(lane, [...(shares.get(lane) ?? []), id]);
    }
    const writing = [...shares].map(([lane, share]) => lane.take(() => this.#write(share)));
    const failed = (await Promise.allSettled(writing)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }

  async #write(ids: readonly string[]): Promise<void> {
    const found = new Map((await this.#source.find(ids)).map((record) => [record.id, record]));
    for (const id of ids) {
      const record = found.get(id);
      if (record) await this.#records.put("learnwares", record);
      else await this.#records.remove("learnwares", id);
    }
  }

  /** Makes the file of an island say what the database says by then. */
  async #recordIsland(id: string): Promise<void> {
    await this.#laneOf(id).take(async () => {
      const island = await this.#store.findIsland(id);
      if (!island) return this.#records.remove("islands", id);
      const { name, description, question, space } = island;
      return this.#records.put("islands", { id, name, description, question, spaceId: space.id });
    });
  }

  /** Every version of a space, or the one. */
  async #recordVersions(spaceId: string, only?: number): Promise<void> {
    await this.#laneOf(spaceId).take(async () => {
      for (const space of await this.#store.spaceVersions(spaceId)) {
        if (space.version === (only ?? space.version)) await this.#records.put("spaces", space);
      }
    });
  }

  #laneOf(id: string): Mutex {
    return this.#lanes[fnv1a(id) % LANES]!;
  }
}
