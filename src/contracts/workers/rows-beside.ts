/** @file The user's rows beside what models learnt from. */

import type { RowsOnLand } from "../../engine/chart/rows/rows-on-land";
import type { FeatureDifference } from "../../engine/kinds/table/space/differences";
import type { OwnCell } from "../../engine/kinds/table/space/own-units";

/** A row that no model covers. */
export interface UncoveredRow {
  /** Of the table, counted from 0. */
  readonly row: number;
  /** Where it lies farthest from the nearest of what was learnt, the farthest first. */
  readonly farIn: readonly FarFeature[];
}

interface FarFeature {
  readonly feature: string;
  readonly yours: OwnCell;
  /** Of the nearest point. */
  readonly learnt: OwnCell;
}

export interface RowsBeside {
  /** Rows that were compared: all, or a sample of them. */
  readonly rows: number;
  /** In the order of the table. */
  readonly uncovered: readonly UncoveredRow[];
  /** Feature by feature, the most different first. */
  readonly differences: readonly FeatureDifference[];
  /** Some of the rows, in a picture. */
  readonly picture: RowsOnLand & {
    /** Shape [rows drawn]: 1 where a model covers the row. */
    readonly covered: Uint8Array<ArrayBuffer>;
  };
}
