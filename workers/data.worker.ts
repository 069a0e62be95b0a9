/** @file Holds a table of delimited text. It is small, as most tables are of this kind. */

import "../src/contracts/no-eval";

import { AppError } from "../src/contracts/outcome";
import { openTable } from "../src/engine/kinds/table/read/index";
import { serveTable } from "./serve-table";

serveTable({
  open: (source, name, options) => openTable(source, name, options),
  // eslint-disable-next-line require-yield -- The page asks the other worker for other formats.
  async *write() {
    throw new AppError("internal", "this worker writes delimited text alone");
  },
});
