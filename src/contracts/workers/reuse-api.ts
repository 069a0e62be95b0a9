/** @file What the page may ask of the reuse worker, which runs ONNX models on encoded rows. */

import type { ReuserName } from "../../engine/reuse/reuser";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { BundleWords, Preparation, Reuse, ReusePlan } from "./reuse-plan";

export interface ReuseApi {
  connectRows(port: MessagePort): void;
  /** The engine's WASM, fetched by the page so that this worker needs no network. */
  start(ortWasm: Blob): void;
  /** Try the learnwares, learn what the answers are, and choose a way of reuse. */
  prepare(plan: ReusePlan): Preparation;
  /** Predict the first rows, or all, in a way that the preparation of the plan lists. */
  predict(plan: number, way: ReuserName, rows: number): Reuse;
  /** What predicts in this way, as files that need no Berth: a zip. */
  bundle(plan: number, way: ReuserName, words: BundleWords, secret: Secret): Blob;
}
