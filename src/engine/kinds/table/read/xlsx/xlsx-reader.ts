import { cellReader } from "../cells/cell-reader";
import { holdsEntries } from "../zip/holds-entries";
import { loadXlsx } from "./load-xlsx";

/** Excel workbooks since 2007. */
export const xlsxReader = cellReader({
  format: "xlsx",
  called: "Excel workbook",
  writes: "xlsx",
  recognises: (head, name) =>
    holdsEntries(head, ["[Content_Types].xml", "xl/"]) ||
    (/\.xls[xm]$/i.test(name) && holdsEntries(head, [""])),
  load: loadXlsx,
});
