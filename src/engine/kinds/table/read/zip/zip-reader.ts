import type { TableReader } from "../reader";
import { cellReader } from "../cells/cell-reader";
import type { KindedTable } from "../cells/cell-table";
import { holdsEntries, isEmptyZip } from "./holds-entries";
import { loadZip, type OpenMember } from "./load-zip";

/** A zip of tables. It is written as one CSV. @param open - Opens what lies in it. */
export function zipReader(open: OpenMember): TableReader<KindedTable> {
  return cellReader({
    format: "zip",
    called: "zip archive",
    writes: "csv",
    recognises: (head) => holdsEntries(head, [""]) || isEmptyZip(head),
    load: (source, options) => loadZip(source, options, open),
  });
}
