import type { TableDialect } from "../columns/profile";
import type { ReadOptions } from "./reader";

/** What of the choices is about cells, for whoever reads such a table elsewhere; nothing where none is. */
export function toldOfCells({
  missing = [],
  missingOnly = false,
  dateOrder,
  decimal,
}: ReadOptions): Pick<TableDialect, "told"> {
  const told = {
    ...(missing.length > 0 && { missing }),
    ...(missingOnly && { missingOnly }),
    ...(dateOrder && { dateOrder }),
    ...(decimal && { decimal }),
  };
  return Object.keys(told).length > 0 ? { told } : {};
}
