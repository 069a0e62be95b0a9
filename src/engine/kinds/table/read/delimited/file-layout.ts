import type { Layout } from "./dialect";
import type { TextPlan } from "./encoding";

/** How to go through the same file again. */
export interface FileLayout {
  readonly plan: TextPlan;
  readonly layout: Layout;
  readonly rows: number;
  /** Cells of the longest record, the header included. */
  readonly widest: number;
}
