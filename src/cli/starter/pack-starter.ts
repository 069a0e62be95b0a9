import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Describer } from "../../dock/storage/describer";
import { STARTER } from "../../dock/mirror/import-static";
import { Intake } from "../../dock/intake/intake";
import { RedundancyMarks } from "../../dock/jobs/mark-redundant";
import { ModelRunner } from "../../dock/intake/model-runner";
import { type ExportReport, exportStatic } from "../../dock/mirror/static-export";
import { FileBlobs } from "../../dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../dock/storage/sql/sql-store";
import type { Space } from "../../engine/kinds/table/space/space";

/** A learnware's zip, and the id it is to have. */
export interface Packed {
  readonly id: string;
  readonly zip: Uint8Array;
}

/**
 * Make learnwares a static dock in a directory, in place of the one that was there: they are taken
 * into a dock in memory, through the same checks as any others, marked where they are redundant, and
 * exported.
 *
 * @param spaces - Those of tables; others come with Berth.
 * @param books - Files of the books that these name.
 * @throws What intake refuses.
 */
export async function packStarter(
  spaces: readonly Space[],
  books: readonly Uint8Array[],
  packed: readonly Packed[],
  directory: string,
): Promise<ExportReport> {
  const scratch = await mkdtemp(join(tmpdir(), "berth-starter-"));
  const models = new ModelRunner();
  const store = await SqlStore.open(await PgliteDatabase.open());
  try {
    const blobs = await FileBlobs.open(scratch);
    const describer = await Describer.create(blobs);
    const onChange = () => Promise.resolve();
    const intake = new Intake({ store, blobs, describer, models, onChange });
    for (const book of books) await blobs.put(book);
    for (const space of spaces) await store.putSpace(space);
    for (const { id, zip } of packed) await intake.take(id, zip, STARTER);
    const marks = new RedundancyMarks({ store, blobs, describer, models });
    for (const { id } of await store.islands()) {
      while (!(await marks.run(id, { keep: () => Promise.resolve() })));
    }
    return await exportStatic({ store, blobs }, directory, { prune: true });
  } finally {
    await models.close();
    await store.close();
    await rm(scratch, { recursive: true });
  }
}
