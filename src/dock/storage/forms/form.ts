import type { PackedRkme, PairKernel } from "../../../engine/search/pairs";
import type { Book } from "../../../engine/specification/book/book";
import type { Specification } from "../../../engine/specification/specification";

/**
 * The form in which a version of a space keeps specifications and compares them: points of their own, or weights on the
 * book of the version.
 */
export interface Form {
  /** Compares what `pack` gives. */
  readonly pairs: PairKernel;
  /** Null where specifications have points of their own. */
  readonly book: Book | null;
  /**
   * A specification as it is kept.
   *
   * @param rkme - On the scale of the version.
   */
  pack(rkme: Specification): PackedRkme;
  /** Shape [rows]: what each point of what was packed weighs. */
  weightsOf(packed: PackedRkme): Float64Array;
  unpack(packed: PackedRkme, rowCount: number): Specification;
  /** Whether a specification is kept as it is, and not as what comes nearest to it. */
  isExact(rkme: Specification): boolean;
  /** What it is found by: as many numbers as `sketchLength` says. */
  sketch(packed: PackedRkme): Float32Array;
}
