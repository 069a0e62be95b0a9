/** @file Holds a table of any format but a database, and writes tables in any. */

import "../src/contracts/no-eval";

import { otherReaders, writeAs } from "../src/engine/kinds/table/read/formats";
import { openTable } from "../src/engine/kinds/table/read/index";
import { serveTable } from "./serve-table";

serveTable({
  open: (source, name, options) => openTable(source, name, options, otherReaders),
  write: writeAs,
});
