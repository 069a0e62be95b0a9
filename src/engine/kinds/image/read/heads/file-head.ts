import type { PictureSize } from "../../pixels/raster";
import type { Orientation } from "../../pixels/turn";

/** What the bytes of one format say of their picture. */
export interface FileHead extends PictureSize {
  /** 1 if left out. */
  readonly orientation?: Orientation;
  /** Whether the file ends before it should, which browsers overlook. */
  readonly isCut: boolean;
}
