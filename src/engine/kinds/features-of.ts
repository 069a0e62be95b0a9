import type { Space } from "./space";
import type { Space as TableSpace } from "./table/space/space";

/** What a table of the space has columns for; nothing of other kinds. Apart, because the page's first screen needs no more. */
export function featuresOf(space: Space): TableSpace["features"] {
  return "features" in space ? space.features : [];
}
