/** Values to put beside a user's rows when they are written back. */
export interface AddedColumn {
  readonly name: string;
  /** Shape [rows]: numbers, or the index of a label. */
  readonly values: Float64Array;
  readonly labels?: readonly string[];
  /** Index of a column of the file whose empty cells it fills, in place of a column of its own. */
  readonly fills?: number;
}
