/** Values to put beside a user's rows when they are written back. */
export interface AddedColumn {
  readonly name: string;
  /** Shape [rows]: numbers, or the index of a label. */
  readonly values: Float64Array;
  readonly labels?: readonly string[];
  /** Name and labels are the user's own words, and come back as they were written; else they are made harmless. */
  readonly areOwn?: boolean;
  /** Index of a column of the file whose empty cells it fills, in place of a column of its own. */
  readonly fills?: number;
}
