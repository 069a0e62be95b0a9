import type { KnownStyle } from "../../columns/spelling/cell-style";
import type { Layout } from "./layout/layout";
import type { TextPlan } from "./encoding/encoding";
import type { RowPlace } from "./places/row-place";

/** How to go through the same file again. */
export interface FileLayout {
  readonly plan: TextPlan;
  readonly layout: Layout;
  /** One per column, as its cells were read. */
  readonly styles: readonly KnownStyle[];
  /** Nothing beyond ASCII is in the file, for sure. */
  readonly isAscii: boolean;
  readonly rows: number;
  /** Cells of the longest record, the header included. */
  readonly widest: number;
  /** Where some of the rows begin, in their order; none of a file that cannot be entered in the middle. */
  readonly places: readonly RowPlace[];
}
