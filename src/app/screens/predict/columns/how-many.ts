import type { TableProfile } from "../../../../engine/kinds/table/columns/profile";
import type { PredictWords } from "../english";

/** A number of what a file holds, in words: pictures, or rows. */
export function howMany(
  words: Pick<PredictWords, "gallery" | "rows">,
  { format }: Pick<TableProfile, "format">,
  count: number,
): string {
  return format === "pictures" ? words.gallery.pictures(count) : words.rows(count);
}
