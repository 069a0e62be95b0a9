/** @file What the page may ask of the worker that holds pictures, beside what it asks of every table. */

import type { TableProfile } from "../../engine/kinds/table/columns/profile";
import type { DataApi } from "./data-api";
import type { EmbedderFiles } from "./embedded";

export interface PicturesApi extends DataApi {
  /** Take what the embedder needs, already checked, before pictures are looked at for a model of the user's own. */
  takeEmbedder(files: EmbedderFiles): void;
  /** Pictures to be shown, in the order of the rows. */
  thumbnails(rows: Int32Array): Thumbnail[];
  /**
   * The files as they came, in a zip with a folder a label.
   *
   * @param labels - Shape [pictures].
   */
  sorted(labels: readonly string[]): Blob;
  /**
   * Labels given by hand, as a column.
   *
   * @param column - What it is called.
   * @param base - Index of the column with labels that are known already; null: none are.
   * @param labels - By row.
   */
  label(column: string, base: number | null, labels: ReadonlyMap<number, string>): TableProfile;
}

/** A small square picture. */
export interface Thumbnail {
  readonly side: number;
  /** Shape [side, side, 4]. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}
