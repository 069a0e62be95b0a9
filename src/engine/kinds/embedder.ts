import type { Matrix } from "../ground/matrix";
import type { Steps } from "../ground/progress";
import type { EmbedderMark } from "../specification/embedding/embedding-space";

/** Turns pictures or texts into vectors that can be compared. */
export interface Embedder<Item> {
  readonly mark: EmbedderMark;
  /** How many numbers a vector has. */
  readonly dimension: number;
  /**
   * Yields after each batch, at `encode`; stopped between two of them.
   *
   * @returns Shape [n, dimension], finite, in the order of the items.
   */
  embed(items: readonly Item[]): Steps<Matrix<Float32Array<ArrayBuffer>>>;
}
