import type { Matrix } from "../engine/ground/matrix";

export interface SampleShape {
  /** Shape of one point as it was saved: [d], [channels, height, width], …; its product is `points.cols`. */
  readonly sampleShape: readonly number[];
}

/** A reduced set of images under the NNGP kernel of a convolutional network. */
export interface ImageSpecification extends SampleShape {
  readonly type: "RKMEImageSpecification";
  /** Shape [m, channels · 32 · 32]. */
  readonly points: Matrix<Float64Array>;
  /** Shape [m]. */
  readonly weights: Float64Array;
  /** Random networks it was made with; matching does not use them. */
  readonly modelCount: number;
  readonly model: ImageModel;
}

/** `model_config` of the package; of these only the depth changes the kernel. */
export interface ImageModel {
  readonly k: number;
  readonly mu: number;
  readonly sigma: number | null;
  readonly netWidth: number;
  readonly netDepth: number;
}
