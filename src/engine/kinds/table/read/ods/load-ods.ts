import type { Steps } from "../../../../ground/progress";
import type { LoadedTable } from "../cells/cell-reader";
import { damaged } from "../cells/damaged";
import { wholeFile } from "../cells/whole-text";
import type { ReadOptions } from "../reader";
import { loadSheets } from "../sheets/load-sheets";
import { eachTag } from "../sheets/xml";
import type { TableSource } from "../source";
import { openTables } from "../zip/table-archive";
import { ContentListener } from "./content-listener";

const CALLED = "OpenDocument spreadsheet";

/** @throws EngineError `damaged_file`, `table_too_large`, `no_table` */
export async function* loadOds(source: TableSource, options: ReadOptions): Steps<LoadedTable> {
  const total = source.sizeBytes;
  yield { stage: "read", done: 0, total };
  const archive = await openTables(await wholeFile(source, CALLED), CALLED);
  if (!archive.names.includes("content.xml")) throw damaged(CALLED, "its content is missing");
  const bytes = await archive.unpack("content.xml");
  const decoding = source.tools.decoding("utf-8", false);
  const content = new ContentListener();
  for (const at of eachTag(bytes, (part, more) => decoding.decode(part, more), content)) {
    yield { stage: "read", done: Math.floor((total / 2) * (at / bytes.length)), total };
  }
  const { sheets } = content;
  return yield* loadSheets(
    {
      sheets: sheets.map(({ name }) => name),
      // eslint-disable-next-line require-yield -- All sheets lie in the content that was gone through.
      async *readSheet(index) {
        return sheets[index]!.grid;
      },
    },
    options,
    CALLED,
  );
}
