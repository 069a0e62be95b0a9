/** @file What the page may ask of the chart worker: the outlines of islands that the dock has charted. */

import type { ChartIsland } from "../../engine/chart/chart";
import type { Outlines } from "../../engine/chart/coasts";

export interface ChartApi {
  /** Of each island, in their order. */
  outline(islands: readonly ChartIsland[]): readonly Outlines[];
}
