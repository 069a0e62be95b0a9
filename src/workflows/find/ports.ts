/** @file What finding needs of the world. A port is made for one run: it knows how that run is stopped. */

import type {
  IslandSummary,
  LearnwareCard,
  SearchPage,
  SearchRequest,
  SearchResponse,
  WireSpecification,
} from "../../contracts/http/dock-api";
import type { SketchQuery } from "../../contracts/workers/search-api";
import type { Steps } from "../../engine/ground/progress";
import type { BookPoints } from "../../engine/specification/book/book";
import type { BookMark } from "../../engine/specification/book/book-mark";
import type { SketchMatch } from "../../engine/search/sketches/sketch-scan";
import type { RowDescriber } from "./describe/describer-port";
import type { Payload } from "./payload";

/** Where learnwares are looked for. Calls reject as those of a dock do. */
export interface FindDock {
  island(id: string): Promise<IslandSummary>;
  search(
    request: SearchRequest,
  ): Promise<Pick<SearchResponse, "mixture"> & Pick<SearchPage, "singles">>;
  /** The sketches of an island, for a search that is made here. */
  sketches(islandId: string): Steps<SketchTable>;
  learnware(id: string): Promise<LearnwareCard>;
  /** The points of a book, checked against its mark. */
  book(mark: BookMark, cols: number): Steps<BookPoints>;
  specification(
    name: Pick<LearnwareCard, "id" | "sha256"> & { readonly spaceVersion: number },
  ): Promise<Pick<WireSpecification, "id" | "rkme" | "radiusSquared">>;
}

export interface SketchTable {
  readonly spaceVersion: number;
  /** In the order of the sketches. */
  readonly entries: readonly (Pick<LearnwareCard, "id" | "task" | "target"> & {
    readonly coveredBy: string | null;
  })[];
  readonly sketches: SketchQuery["sketches"];
}

export interface FindPorts {
  readonly dock: FindDock;
  readonly describer: RowDescriber;
  /** The nearest sketches, best first. */
  scan(query: SketchQuery): Steps<readonly SketchMatch[]>;
  /**
   * Called with what is ready, before any of it leaves; it leaves when this resolves.
   *
   * @param costsAgain - Whether protection is spent a second time, which nobody asked for.
   */
  review(payload: Payload, costsAgain: boolean): Promise<void>;
  /** Told of every ε before it goes out: whether or not an answer comes, the request may have been read. */
  spend(epsilon: number, delta: number): Promise<void>;
}
