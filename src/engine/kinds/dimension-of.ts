import { isOfTables, type Space } from "./space";
import { widthOf } from "./table/space/encoded-width";

/** How many numbers a point of a space has. */
export function dimensionOf(space: Space): number {
  return isOfTables(space) ? widthOf(space) : space.dimension;
}
