/** @file Holds a table of any format, and writes tables in any. */

import "../src/contracts/no-eval";

import { openAnyTable, writeAs } from "../src/engine/kinds/table/read/formats";
import { serveTable } from "./serve-table";

serveTable({ open: openAnyTable, write: writeAs });
