/** @file Holds a table of a database, and writes tables in any format. */

import "../src/contracts/no-eval";

import { databaseReaders } from "../src/engine/kinds/table/read/databases";
import { writeAs } from "../src/engine/kinds/table/read/formats";
import { openTable } from "../src/engine/kinds/table/read/index";
import { serveTable } from "./serve-table";

serveTable({
  open: (source, name, options) => openTable(source, name, options, databaseReaders),
  write: writeAs,
});
