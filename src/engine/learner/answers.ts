/** Rows of a user's data whose answer the user knows. */
export type Answers = NumberAnswers | ClassAnswers;

interface NumberAnswers {
  readonly task: "regression";
  /** Shape [k], increasing: which rows. */
  readonly rows: Int32Array;
  /** Shape [k], finite. */
  readonly values: Float64Array;
}

interface ClassAnswers {
  readonly task: "classification";
  /** Shape [k], increasing: which rows. */
  readonly rows: Int32Array;
  /** Shape [k]: indices of `labels`. */
  readonly codes: Int32Array;
  /** As they are written in the data. */
  readonly labels: readonly string[];
}
