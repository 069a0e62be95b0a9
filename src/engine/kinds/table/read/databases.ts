/** @file Databases that a table is read from. Their code is loaded when it is first needed. */

import type { OtherReaders } from "./index";

export const databaseReaders: OtherReaders = async () => [
  (await import("./sqlite/sqlite-reader")).sqliteReader,
];
