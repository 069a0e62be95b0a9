/** @file What the page may ask of the worker that trains a model on the user's own columns. */

import type { Predictions } from "../../engine/reuse/predict/predictions";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { OwnRequest, OwnResult, OwnShared, OwnTrained, PlacedTexts } from "./own-plan";
import type { BundleWords } from "./reuse-plan";

export interface OwnApi {
  connectRows(port: MessagePort): void;
  /** Train on the table that the data worker holds. The model is kept until another is trained. */
  train(request: OwnRequest): OwnResult;
  /** Predict the rows of the table that the data worker holds now. */
  predict(): Predictions;
  /**
   * What was trained last, as files that need no Berth: a zip.
   *
   * @param look - The file of the embedder, already checked; null of a table.
   */
  bundle(words: BundleWords, secret: Secret, look: Uint8Array | null): Blob;
  /**
   * What was trained last, as a learnware.
   *
   * @param sentence - What it is and how good.
   * @param texts - Those that it learned from; null of what takes none.
   */
  share(sentence: string, secret: Secret, texts: PlacedTexts | null): OwnShared;
  /** What was trained last, to be kept; it holds no row. */
  trained(): OwnTrained;
  /** Go on with what was kept, as if it were trained last. */
  use(kept: OwnTrained): void;
}
