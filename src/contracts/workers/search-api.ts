/** @file What the page may ask of the search worker: the sums of a search that no dock makes. */

import type { Ranking } from "../../engine/search/rank";
import type { Sketches, SketchMatch } from "../../engine/search/sketches/sketch-scan";
import type { Specification } from "../../engine/specification/specification";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";

export interface SketchQuery {
  /** May be moved away by who is asked: not to be used afterwards. */
  readonly sketches: Sketches<Int8Array<ArrayBuffer>>;
  /** Shape [count], of the user's rows. */
  readonly sketch: Float32Array | Float64Array;
  /** Shape [rows]: 1 for a sketch that counts, else 0. */
  readonly wanted: Uint8Array;
  /** Most matches wanted, ≥ 1. */
  readonly limit: number;
}

/** What an exact ranking is to look at; indices count sketches. */
export interface Shortlist {
  /** The nearest, best first. */
  readonly matches: readonly SketchMatch[];
  /** What a mixture may be made of, in no particular order. */
  readonly mixable: readonly number[];
}

export interface ReducedQuery {
  /** The user's reduced set, on the island's scale. */
  readonly rkme: Specification;
  readonly candidates: readonly CandidateSpec[];
  /** Which candidates a mixture may be made of. */
  readonly mixable: readonly number[];
}

export interface SearchApi {
  /** The nearest sketches, best first. */
  scan(query: SketchQuery): SketchMatch[];
  /** The nearest sketches, and those that may make a mixture. */
  shortlist(query: SketchQuery): Shortlist;
  /** Exact ranking of reduced sets against the user's reduced set, and a mixture. */
  rank(query: ReducedQuery): Ranking;
}
