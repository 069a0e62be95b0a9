import { cellReader } from "../cells/cell-reader";
import { holdsEntries } from "../zip/holds-entries";
import { loadOds } from "./load-ods";

/** Spreadsheets of LibreOffice and others. They are written as Excel workbooks, which those open too. */
export const odsReader = cellReader({
  format: "ods",
  called: "OpenDocument spreadsheet",
  writes: "xlsx",
  recognises: (head) => holdsEntries(head, ["application/vnd.oasis.opendocument.spreadsheet"]),
  load: loadOds,
});
