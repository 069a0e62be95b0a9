interface PredictionsOfRows {
  readonly target: string;
  /** Shape [rows]: 1 where a row lies beyond every learnware's training data; null if not measured. */
  readonly far: Uint8Array | null;
  /** Shape [rows, `MOST_COLUMNS`]: in which encoded columns such a row lies farthest off, then −1; null if not measured. */
  readonly farIn: Int32Array | null;
}

/** Predictions in row order; NaN where no learnware gave a usable number. */
export type Predictions = NumberPredictions | ClassPredictions;

interface NumberPredictions extends PredictionsOfRows {
  readonly task: "regression";
  readonly unit?: string;
  /** Shape [rows]. */
  readonly values: Float64Array;
  /** Shape [rows]: half the width of an interval that holds 9 in 10 answers; null if no answers say. */
  readonly radii: Float64Array | null;
  /** Shape [rows, 2]: between which the middle half of the learnwares' answers lies; null of fewer than two. */
  readonly spread: Float32Array | null;
}

interface ClassPredictions extends PredictionsOfRows {
  readonly task: "classification";
  readonly labels: readonly string[];
  /** Shape [rows]: index of the most probable label. */
  readonly values: Float64Array;
  /** Shape [rows]: its probability. */
  readonly confidence: Float32Array;
  /** Shape [rows, labels]; null with more than ten labels. */
  readonly probabilities: Float32Array | null;
  /** Shape [rows]: share of the learnwares that find that label most probable; null of fewer than two. */
  readonly agreeing: Float32Array | null;
}
