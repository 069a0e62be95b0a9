import { describedPoints } from "../../engine/kinds/rows";
import { imageKind } from "../../engine/kinds/image/image-kind";
import { answersIn, type UserTable, writerOf } from "../../library/user-table";
import { pinnedSpace } from "../predict/pinned-space";
import { placeHere } from "./place-pictures";
import { readFiles } from "./read-files";

/**
 * Pictures to be predicted, with the table of their names.
 *
 * @param answersColumn - The one with answers, if some are known: `folder`.
 * @throws EngineError as `readFiles`; `bad_parameter` if there is no such column.
 */
export async function holdPictures(
  path: string,
  answersColumn: string | undefined,
): Promise<UserTable> {
  const { rasters, open } = await readFiles(path);
  const { table, profile } = open.read;
  const { data, basis } = await placeHere(rasters);
  return {
    ...{
      lies: { kind: "image", basis },
      profile,
      rows: rasters.length,
      columns: table.columns,
      own: [],
    },
    write: writerOf(open),
    ...answersIn(table, answersColumn),
    read: async ({ island }, rows, withOwn) =>
      imageKind.rows(data, { space: pinnedSpace(island, "image"), placed: [] }, rows, withOwn ? null : undefined), // prettier-ignore
    scaledRows: async ({ island }) =>
      describedPoints(imageKind, data, { space: pinnedSpace(island, "image"), placed: [] }).points,
  };
}
