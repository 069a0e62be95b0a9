import type {
  Island,
  IslandSummary,
  LearnwareCard,
  WireSpecification,
} from "../../contracts/http/dock-api";
import type { Space } from "../../engine/kinds/space";
import type { PackedRkme } from "../../engine/search/pairs";
import type { Facets } from "../../engine/search/catalogue/facets";
import type { Order } from "../../engine/search/catalogue/order";
import type { SemanticFilter } from "../../engine/search/words/semantic-filter";

/** Who put a learnware into the dock: an import only ever replaces or removes its own. */
export type Origin = string;

/** The origin of what an account shares: neither mirrors, nor the operator's `dock add`, nor another account replaces it. */
export function accountOrigin(accountId: string): Origin {
  return `account:${accountId}`;
}

/** Whether a learnware of one origin may become a version of one of the other. */
export function mayReplace(held: Origin, fresh: Origin): boolean {
  const isAccounts = (origin: Origin) => origin.startsWith("account:");
  return held === fresh || !(isAccounts(held) || isAccounts(fresh));
}

/** A version of a space, whose specifications and sketches compare with each other. */
export interface SpaceVersion {
  /** What the store calls it. */
  readonly number: number;
  readonly definition: Space;
}

/**
 * A specification as it is kept: on the scale of one version of a space, and in its form. On a book `rows` counts the book's
 * points, `points` is empty and `weights` are packed shares.
 */
export interface StoredSpecification extends PackedRkme {
  readonly rowCount: number;
  /** In (scaled unit)². */
  readonly radiusSquared: number;
  /** ⟨v, v⟩. */
  readonly selfProduct: number;
}

/** What a learnware came with, on a version of its space: packed points of its own, or weights on the book of that version. */
export interface Published extends PackedRkme {
  readonly spaceVersion: number;
  /** In (scaled unit)² of that version. */
  readonly radiusSquared: number;
}

/** A specification, and the sketch by which it is found, of as many numbers as `sketchLength` says. */
export interface Described extends StoredSpecification {
  readonly sketch: Float32Array;
  /** What stands behind weights that only come near to it: every next book is weighed by this. Null where they are it. */
  readonly published: Published | null;
}

/** What it takes to keep a learnware, described on this version of its space. */
export interface Entry {
  readonly card: LearnwareCard;
  readonly spaceVersion: number;
  readonly described: Described;
  readonly origin: Origin;
  /** Whose it is, null for nobody's; whose it was before unless told. */
  readonly ownerId?: string | null | undefined;
}

/** A learnware near to a sketch, with all that an exact comparison needs. */
export interface Neighbour extends StoredSpecification {
  /** What the store calls the learnware, and which of its versions this is. */
  readonly number: string;
  readonly version: number;
  readonly id: string;
  readonly target: string;
  readonly coveredBy: string | null;
  /** Of the sketches; approximates MMD². */
  readonly squaredDistance: number;
  /** ‖sketch‖². */
  readonly sketchSelf: number;
}

export interface NeighbourQuery {
  readonly limit: number;
  /** Only learnwares of this island; of any of the space unless told. */
  readonly islandId?: string | undefined;
  readonly task?: LearnwareCard["task"] | undefined;
  readonly filter?: SemanticFilter | undefined;
  /** Leave out those that another one makes redundant. */
  readonly distinct?: boolean | undefined;
}

/** A learnware in a space, as downloads and re-estimations read it. */
export interface Placed extends Described {
  readonly number: string;
  readonly version: number;
  readonly id: string;
  readonly task: LearnwareCard["task"];
  readonly target: string;
  readonly coveredBy: string | null;
}

/** A specification for a space that is being built. */
export interface Placing extends Described {
  readonly number: string;
  readonly version: number;
  readonly task: LearnwareCard["task"];
}

export interface LearnwareFilter {
  readonly islandId?: string | undefined;
  readonly task?: LearnwareCard["task"] | undefined;
  readonly origin?: Origin | undefined;
}

/** A card, and where it stands in the order that was asked for, for the next page to go on from. */
export interface TextMatch {
  readonly card: LearnwareCard;
  readonly coveredBy: string | null;
  /** As `placeOf` has it. */
  readonly at: number | string;
}

interface MeaningQuery {
  readonly filter: SemanticFilter;
  /** Any unless told. */
  readonly islandIds?: readonly string[] | undefined;
  readonly task?: LearnwareCard["task"] | undefined;
}

export interface MatchQuery extends MeaningQuery {
  /** By how well they are what was asked for unless told, those that others make redundant last. */
  readonly order?: Order | undefined;
  /** Where the page before ended. */
  readonly after?: { readonly at: number | string; readonly id: string } | undefined;
  readonly limit: number;
}

export interface CatalogueQuery extends MeaningQuery {
  /** Islands beside which there are no others, whichever of them are chosen; any unless told. */
  readonly foundIn?: readonly string[] | undefined;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** How far a space has come. */
export interface Growth {
  /** Learnwares in it now, and when its scaling was last estimated. */
  readonly count: number;
  readonly estimatedCount: number;
  /** Goes up whenever something in the space changes. */
  readonly changes: string;
}

/** The chart of the dock, as it was drawn last. */
export interface StoredChart {
  /** Changes with the document. */
  readonly tag: string;
  /** Changes whenever it would have to be drawn anew. */
  readonly drawnOf: string;
  /** JSON of a `ChartDocument`. */
  readonly document: string;
}

/** Names one package of a learnware. */
export type PackageOf = Pick<LearnwareCard, "id" | "sha256">;

/** One accepted package of a learnware. */
export interface LearnwareVersion {
  readonly version: number;
  readonly sha256: string;
  readonly createdAt: Date;
}

/**
 * What can be asked of a store: all that a feature of the dock gets. Everything it answers has passed the schema of what
 * is let in; a card, island or specification that does not is answered like one that is not there.
 */
export interface LearnwareReader {
  /** By id, with the number of learnwares, what they predict, and the current version of their space. */
  islands(): Promise<IslandSummary[]>;
  countIslands(): Promise<number>;
  /** Resolves to null, never throws, when there is none. */
  findIsland(id: string): Promise<IslandSummary | null>;
  /** The current version, or the one named if it can still be searched; else null. */
  findSpace(id: string, version?: number): Promise<SpaceVersion | null>;
  /** Every version that was ever published and is kept, newest first. */
  spaceVersions(id: string): Promise<Space[]>;
  /** Resolves to null, never throws, when there is none. */
  find(id: string): Promise<LearnwareCard | null>;
  /** Those of the ids that exist, in no particular order. */
  findAll(ids: readonly string[]): Promise<LearnwareCard[]>;
  /** Who put these in, removed ones included. */
  originsOf(ids: readonly string[]): Promise<Map<string, Origin>>;
  /** The cards of these versions, also of learnwares that were replaced or removed since. */
  findVersions(
    wanted: readonly Pick<Neighbour, "number" | "version">[],
  ): Promise<Map<string, LearnwareCard>>;
  /** One page of the matching cards by id, and how many match. */
  list(
    filter: LearnwareFilter,
    page: Page,
  ): Promise<{ learnwares: LearnwareCard[]; total: number }>;
  /** Learnwares that match by meaning alone, in order. */
  match(query: MatchQuery): Promise<TextMatch[]>;
  /** How many there are of each kind among them. */
  facets(query: CatalogueQuery): Promise<Facets>;
  /** The accepted packages, newest first; of a removed learnware too. */
  history(id: string): Promise<LearnwareVersion[]>;
  /** Whether any version of any learnware, removed ones included, is this package. */
  usesPackage(sha256: string): Promise<boolean>;
  /** Whether any version of any space, one that is being built included, has this book. */
  usesBook(sha256: string): Promise<boolean>;
  /** On the current version of its space, or the one named. Null, never throws, when there is none. */
  findSpecification(id: string, spaceVersion?: number): Promise<WireSpecification | null>;
  /**
   * Several at once, on one version of their spaces, as far as some megabytes hold them.
   *
   * @param wanted - The SHA-256 of the version that is meant, by id; what is another one by now is left out.
   */
  findSpecifications(
    wanted: ReadonlyMap<string, string>,
    spaceVersion: number,
  ): Promise<WireSpecification[]>;
  /** Every specification of an island on a version of its space. For islands that fit in memory. */
  specificationsOn(islandId: string, spaceVersion: number): Promise<WireSpecification[]>;
  /**
   * The learnwares of a space whose sketches are nearest, nearest first; approximate on large islands.
   *
   * @throws AppError `stale_island` if the space was retired meanwhile.
   */
  nearest(space: SpaceVersion, sketch: Float32Array, query: NeighbourQuery): Promise<Neighbour[]>;
  /** The learnwares of a space, or of one of its islands, in the order of their numbers, from after one on. */
  placed(space: SpaceVersion, after: string, limit: number, islandId?: string): Promise<Placed[]>;
  /**
   * Learnwares of an island of which nobody has decided whether another makes them redundant, oldest
   * first: new ones, and those whose cover was removed or replaced.
   */
  undecided(islandId: string, limit: number): Promise<string[]>;
  /** Null, never throws, when there is no such space. */
  growth(spaceId: string): Promise<Growth | null>;
  /** Null until it is drawn for the first time. */
  chart(): Promise<StoredChart | null>;
  /** Of the chart; null as long as there is none. */
  chartTag(): Promise<string | null>;
}

/** Takes learnwares in and out: for `intake/` alone, which has checked them. */
interface LearnwareWriter {
  /**
   * Adds a learnware, or a version of the one of the same id: all of it or nothing.
   *
   * @throws AppError `bad_input` if there is no such island; `stale_island` if it has another
   *   version by now; `already_there` if the id is somebody else's.
   */
  put(entry: Entry): Promise<void>;
  /**
   * Adds many new learnwares of one island at once, much faster: all of them or none.
   *
   * @throws AppError like `put`, and `bad_input` if one of the ids is taken.
   */
  putAll(entries: readonly Entry[]): Promise<void>;
  /**
   * Hides a learnware from everyone, also one whose card cannot be read. `put` brings it back.
   *
   * @returns The island that it was on; null if there was none.
   */
  remove(id: string): Promise<string | null>;
}

/** Keeps islands, their spaces and their learnwares in order. */
interface LearnwareKeeper {
  /**
   * Adds a space, with an island of the same id that is yet without a question; or makes this its
   * current version, while the one before stays open to searches.
   */
  putSpace(space: Space): Promise<void>;
  /** Adds an island to a space, or renames the one of the same id, whose question stays if it has one. */
  putIsland(island: Island, spaceId: string): Promise<void>;
  /**
   * Moves learnwares of an island, removed ones included, to another of the same space; with null for the ids all of them.
   *
   * @throws AppError `bad_input` if there is no such island in the same space.
   */
  moveLearnwares(from: string, into: string, ids: readonly string[] | null): Promise<void>;
  /** Removes an island that has no learnwares, and with its last island a space; leaves any other as it is. */
  removeEmptyIsland(id: string): Promise<void>;
  /** What the clock said when it was last looked for what to forget; null if it never was. */
  lastCollected(): Promise<Date | null>;
  noteCollected(at: Date): Promise<void>;
  /** Forgets for good what was removed before then. */
  purge(before: Date): Promise<number>;
  /**
   * Decides that a learnware is redundant beside another, or with null that it is not; nothing if
   * one of them has been removed or replaced since it was looked at.
   */
  setCoveredBy(learnware: PackageOf, cover: PackageOf | null): Promise<void>;
  /** In place of the one before. */
  putChart(chart: StoredChart): Promise<void>;
  /** Notes that the scaling of a space is right for the learnwares it has. */
  settle(spaceId: string): Promise<void>;
  /**
   * Makes room for the next version of a space, in place of any that was left half-built.
   *
   * @throws AppError `stale_island` if the space has come as far by now.
   */
  prepareSpace(space: Space): Promise<SpaceVersion>;
  /** Puts specifications into a space that is being built. */
  fillSpace(space: SpaceVersion, entries: readonly Placing[]): Promise<void>;
  /** Learnwares, as they are on the current version, that a space being built lacks. */
  missingFrom(space: SpaceVersion, limit: number): Promise<Placed[]>;
  /**
   * Makes a version that was built the current one of its space, and drops those before the last.
   *
   * @returns False, and changes nothing, if it lacks a learnware.
   */
  publishSpace(space: SpaceVersion): Promise<boolean>;
  /** Runs a bulk load without the space's index, which is made anew afterwards. */
  withoutIndex(space: SpaceVersion, load: () => Promise<void>): Promise<void>;
}

/**
 * Where the dock keeps islands, cards, specifications and sketches. Every adapter passes
 * tests/contract/learnware-store.suite.ts.
 */
export interface LearnwareStore extends LearnwareReader, LearnwareWriter, LearnwareKeeper {
  close(): Promise<void>;
}
