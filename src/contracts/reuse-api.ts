/** @file What the page may ask of the reuse worker, which runs ONNX models on encoded rows. */

import type { FeatureMatch, Island } from "../engine/island/island";
import type { Job, JobHost } from "./job";
import type { Outcome } from "./outcome";

export interface ReuseMember {
  readonly id: string;
  /** The learnware's zip, already checked against its hash. */
  readonly zip: Uint8Array<ArrayBuffer>;
  /** Share in the average; shares are normalised to sum to one. */
  readonly weight: number;
}

export interface ReusePlan {
  readonly island: Island;
  readonly matches: readonly FeatureMatch[];
  readonly rows: number;
  readonly members: readonly ReuseMember[];
}

/** Predictions of one learnware, or of the weighted average of several, in row order. */
export type Predictions =
  | {
      readonly task: "regression";
      readonly target: string;
      readonly unit?: string;
      /** Shape [rows]. */
      readonly values: Float64Array;
    }
  | {
      readonly task: "classification";
      readonly target: string;
      readonly labels: readonly string[];
      /** Shape [rows]: index of the most probable label. */
      readonly values: Float64Array;
      /** Shape [rows, labels]. */
      readonly probabilities: Float32Array;
    };

export interface ReuseApi extends JobHost {
  connectRows(port: MessagePort): Promise<void>;
  /** The engine's WASM bytes, fetched by the page so that this worker needs no network. */
  start(ortWasm: ArrayBuffer): Promise<Outcome<void>>;
  predict(plan: ReusePlan, ...job: Job): Promise<Outcome<Predictions>>;
}
