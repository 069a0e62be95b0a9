import { EngineError } from "../../../../ground/errors";
import type { Steps } from "../../../../ground/progress";
import type { Archive } from "../../../../learnware/zip/unzip";
import type { LoadedTable } from "../cells/cell-reader";
import { damaged } from "../cells/damaged";
import { latin1 } from "../cells/latin1";
import { wholeFile } from "../cells/whole-text";
import type { ReadOptions } from "../reader";
import { loadSheets } from "../sheets/load-sheets";
import { eachTag } from "../sheets/xml";
import type { TableSource } from "../source";
import { openTables } from "../zip/table-archive";
import { ContentListener } from "./content-listener";

const CALLED = "OpenDocument spreadsheet";

/** @throws EngineError `damaged_file`, `table_too_large`, `no_table`, `unsupported_format` if it is encrypted. */
export async function* loadOds(source: TableSource, options: ReadOptions): Steps<LoadedTable> {
  const total = source.sizeBytes;
  yield { stage: "read", done: 0, total };
  const archive = await openTables(await wholeFile(source, CALLED), CALLED);
  if (await isEncrypted(archive)) throw encrypted();
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
      isHidden: (index) => sheets[index]!.isHidden,
      // eslint-disable-next-line require-yield -- All sheets lie in the content that was gone through.
      async *readSheet(index) {
        return sheets[index]!.grid;
      },
    },
    options,
    CALLED,
  );
}

/** What is kept by a password is listed so, or is the only thing in it. */
async function isEncrypted({ names, unpack }: Archive): Promise<boolean> {
  if (names.includes("encrypted-package")) return true;
  const list = "META-INF/manifest.xml";
  return names.includes(list) && latin1(await unpack(list)).includes("encryption-data");
}

function encrypted(): EngineError {
  return new EngineError(
    "unsupported_format",
    "this OpenDocument spreadsheet is encrypted. Save it again without a password and open that.",
    { format: "encrypted OpenDocument spreadsheet" },
  );
}
