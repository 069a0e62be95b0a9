import type {
  IslandSketches,
  IslandSummary,
  LearnwareCard,
  SearchNextRequest,
  SearchPage,
  SearchRequest,
  SearchResponse,
  WireSpecification,
} from "../../contracts/http/dock-api";
import type { Chart } from "../../engine/chart/chart";
import type { Matrix } from "../../engine/ground/matrix";
import type { Sketches } from "../../engine/search/sketches/sketch-scan";
import type { BookMark } from "../../engine/specification/book/book-mark";
import type { Fetching } from "./ask";

/** What names one version of a learnware's zip. */
export type PackageName = Pick<LearnwareCard, "id" | "sha256" | "sizeBytes">;

/** What names one version of a learnware's specification, on one version of its island. */
export interface SpecificationName extends Pick<LearnwareCard, "id" | "sha256"> {
  readonly spaceVersion: number;
}

/** The sketches of every learnware on an island, for a search in this tab. */
export interface SketchTable {
  readonly islandId: string;
  readonly spaceVersion: number;
  /** In the order of the sketches. */
  readonly entries: readonly Omit<IslandSketches["entries"][number], "scale">[];
  readonly sketches: Sketches<Int8Array<ArrayBuffer>>;
}

/**
 * Where learnwares come from. Every answer is checked against the contract before anyone sees it.
 * Every adapter passes tests/contract/dock-client.suite.ts.
 *
 * All calls reject with AppError: `not_found`, `bad_input`, `aborted`, `timed_out`,
 * `network_failed`, `dock_busy`, `dock_failed`, and `bad_answer` if an answer breaks the contract.
 */
export interface Dock {
  /** False if all that ever goes out is which files are fetched: every search is made in this tab. */
  readonly sendsRequests: boolean;
  /** Every island the dock knows, by id. */
  islands(fetching?: Fetching): Promise<IslandSummary[]>;
  island(id: string, fetching?: Fetching): Promise<IslandSummary>;
  /**
   * The dock as a map, as it was drawn last.
   *
   * @throws AppError `not_found` if it has none, or none yet.
   */
  chart(fetching?: Fetching): Promise<Chart>;
  /** With them a search needs no dock. The caller may give their bytes away. */
  sketches(islandId: string, fetching?: Fetching): Promise<SketchTable>;
  /** The only call that takes something made from the user's data. */
  search(request: SearchRequest, fetching?: Fetching): Promise<SearchResponse>;
  /**
   * The page after one that `search` or this call answered with.
   *
   * @throws AppError `bad_input` if the cursor is not from this dock.
   */
  searchNext(request: SearchNextRequest, fetching?: Fetching): Promise<SearchPage>;
  learnware(id: string, fetching?: Fetching): Promise<LearnwareCard>;
  specification(name: SpecificationName, fetching?: Fetching): Promise<WireSpecification>;
  /**
   * The points of a book, checked against its mark; the latest are kept.
   *
   * @param cols - That a point of its space has.
   * @returns Shape [mark.points, cols], not to be changed.
   * @throws AppError `hash_mismatch` if it is another.
   */
  book(mark: BookMark, cols: number, fetching?: Fetching): Promise<Matrix<Float64Array>>;
  /**
   * A learnware's zip, not yet checked against its hash: `PackageCache` does that.
   *
   * @throws AppError `hash_mismatch` if it is longer than it should be; `package_too_large` if that is too much.
   */
  packageBytes(name: PackageName, fetching?: Fetching): Promise<Uint8Array<ArrayBuffer>>;
  /** Where anybody can fetch the zip; beside the page's own address where the dock served it. */
  packageAddress(name: Pick<PackageName, "id" | "sha256">): Promise<string>;
}
