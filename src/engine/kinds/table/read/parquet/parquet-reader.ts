import { latin1 } from "../cells/latin1";
import { cellReader } from "../cells/cell-reader";
import { loadParquet } from "./load-parquet";

/** Parquet files: only the bytes of columns that are read, in the usual codecs. */
export const parquetReader = cellReader({
  format: "parquet",
  called: "Parquet file",
  writes: "parquet",
  recognises: (head) => /^PAR[1E]/.test(latin1(head.subarray(0, 4))),
  load: loadParquet,
});
