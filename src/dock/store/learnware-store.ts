import type { IslandSummary, LearnwareCard, WireSpecification } from "../../contracts/dock-api";
import type { Island } from "../../engine/island/island";

/** Who put a learnware into the dock; the starter only ever replaces or removes its own. */
export type Origin = "starter" | "upload";

export interface LearnwareFilter {
  readonly islandId?: string | undefined;
  readonly task?: LearnwareCard["task"] | undefined;
  readonly origin?: Origin | undefined;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Where the dock keeps islands, cards and specifications. Every adapter passes tests/contract/learnware-store.suite.ts. */
export interface LearnwareStore {
  /** Adds an island, or replaces the one of the same id. */
  putIsland(island: Island): Promise<void>;
  /** By id, with the number of learnwares and what they predict. */
  islands(): Promise<IslandSummary[]>;
  /** Resolves to null, never throws, when there is none. */
  findIsland(id: string): Promise<IslandSummary | null>;
  /** Removes an island that has no learnwares; leaves any other as it is. */
  removeEmptyIsland(id: string): Promise<void>;

  /**
   * Adds a learnware with its specification, or replaces the one of the same id: both or neither.
   *
   * @throws AppError `bad_input` if there is no such island.
   */
  put(card: LearnwareCard, specification: WireSpecification, origin: Origin): Promise<void>;
  /** Resolves to null, never throws, when there is none. */
  find(id: string): Promise<LearnwareCard | null>;
  /** Those of the ids that exist, in no particular order. */
  findAll(ids: readonly string[]): Promise<LearnwareCard[]>;
  /** One page of the matching cards by id, and how many match. */
  list(
    filter: LearnwareFilter,
    page: Page,
  ): Promise<{ learnwares: LearnwareCard[]; total: number }>;
  /** Removes card and specification; no matter if there was none. */
  remove(id: string): Promise<void>;

  /** Resolves to null, never throws, when there is none. */
  findSpecification(id: string): Promise<WireSpecification | null>;
  /** Every specification made for this version of an island. */
  specificationsOn(islandId: string, islandVersion: number): Promise<WireSpecification[]>;

  close(): Promise<void>;
}
