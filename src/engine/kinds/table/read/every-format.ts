/** @file All file formats that tables are read from: the page has the code of databases, which is long, in a worker of its own. */

import type { Steps } from "../../../ground/progress";
import { databaseReaders } from "./databases";
import { otherReaders } from "./formats";
import { type OpenTable, openTable, type OtherReaders } from "./index";
import type { ReadOptions } from "./reader";
import type { TableSource } from "./source";

export const everyReader: OtherReaders = async () => [
  ...(await databaseReaders()),
  ...(await otherReaders()),
];

/**
 * Read a table of any format.
 *
 * @param name - Of the file.
 * @throws EngineError as the readers do.
 */
export function openAnyTable(
  source: TableSource,
  name: string,
  options: ReadOptions = {},
): Steps<OpenTable> {
  return openTable(source, name, options, everyReader);
}
