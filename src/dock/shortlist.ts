import type { LearnwareCard } from "../contracts/dock-api";
import type { Ranking } from "../engine/search/rank";
import type { Rkme } from "../engine/spec/rkme";

export interface ShortlistQuery {
  readonly islandId: string;
  readonly islandVersion: number;
  /** The user's reduced set, on the island's scale. */
  readonly rkme: Rkme;
  readonly task?: LearnwareCard["task"] | undefined;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/** Finds the learnwares whose training rows are distributed like the user's. */
export interface Shortlist {
  /** @throws AppError `aborted` when the signal fires. */
  search(query: ShortlistQuery): Promise<Ranking>;
  /** The learnwares of an island changed; look again at the next search. */
  forget(islandId: string): void;
}
