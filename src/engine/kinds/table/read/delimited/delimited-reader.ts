import type { TableReader } from "../reader";
import type { FileLayout } from "./file-layout";
import { isGzip, looksLikeText } from "./format";
import { rowTexts } from "./places/row-texts";
import { readTable } from "./read-table";
import { openTableStream } from "./stream-table";
import { writeCsv } from "./write-csv";

/** Text with one record a line and a mark between cells, plain or gzip. */
export const delimitedReader: TableReader<FileLayout> = {
  format: "delimited",
  mediaType: "text/csv;charset=utf-8",
  recognises: (head) => isGzip(head) || looksLikeText(head),
  read: readTable,
  texts: rowTexts,
  write: writeCsv,
  stream: openTableStream,
};
