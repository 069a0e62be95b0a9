import { cellReader } from "../cells/cell-reader";
import { latin1 } from "../cells/latin1";
import { loadSqlite } from "./load-sqlite";

/** Databases of SQLite, of which one table is read. They are written as CSV. */
export const sqliteReader = cellReader({
  format: "sqlite",
  called: "SQLite database",
  writes: "csv",
  recognises: (head) => latin1(head.subarray(0, 16)) === "SQLite format 3\0",
  load: loadSqlite,
});
