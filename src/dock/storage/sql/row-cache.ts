import { LRUCache } from "lru-cache";

import type { IslandSummary, LearnwareCard } from "../../../contracts/http/dock-api";
import type { SpaceVersion } from "../learnware-store";
import type { VersionedSpecification } from "./sql-rows";

/** What was made of a row, and the row's `xmin`, which another one has as soon as anything in it changes. */
export interface Stamped<T> {
  readonly stamp: string;
  readonly value: T;
}

/** Some 10 kB each. */
const MOST_CARDS = 5000;
/** Mostly some kilobytes each; with thousands of features up to a megabyte. */
const MOST_DOCUMENTS = 500;
const MOST_SPECIFICATION_BYTES = 64 << 20;

/** What was read lately, so that only its stamp has to be read again. What it holds is not to be changed. */
export class RowCache {
  /** By number and version of their learnwares. */
  readonly cards = new LRUCache<string, Stamped<LearnwareCard>>({ max: MOST_CARDS });
  readonly islands = new LRUCache<string, Stamped<IslandSummary>>({ max: MOST_DOCUMENTS });
  /** By the number of the version. */
  readonly spaces = new LRUCache<number, Stamped<SpaceVersion>>({ max: MOST_DOCUMENTS });
  /** By space, number and version of the learnware: of one version there is one specification. */
  readonly specifications = new LRUCache<string, VersionedSpecification>({
    maxSize: MOST_SPECIFICATION_BYTES,
    sizeCalculation: ({ points, weights }) => points.length + weights.length + 200,
  });
}

export function cardKey({ number, version }: { number: string; version: number }): string {
  return `${number} ${version}`;
}
