/** @file Draws coasts and depth lines. Sees where learnwares lie, never the user's data. */

import type { ChartApi } from "../src/contracts/workers/chart-api";
import { type Outlines, outlinesOf } from "../src/engine/chart/coasts";
import { nextTask } from "../src/runtime/threads/next-task";
import { serve, stopIfAborted } from "../src/runtime/threads/serve";

/** Islands between two breaths. */
const AT_ONCE = 8;

serve<ChartApi>({
  async outline(islands, { signal, report, give }) {
    const outlines: Outlines[] = [];
    for (const [i, island] of islands.entries()) {
      if (i % AT_ONCE === 0) {
        report();
        await nextTask();
        stopIfAborted(signal);
      }
      outlines.push(outlinesOf(island));
    }
    return give(outlines);
  },
});
