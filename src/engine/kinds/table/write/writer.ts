import type { Steps } from "../../../ground/progress";
import type { Sink } from "../read/reader";
import type { WidenedTable } from "./added-cells";

/** Writes a whole table in one format. Yields `write`. */
export type TableWriter = (table: WidenedTable, sink: Sink) => Steps<void>;
