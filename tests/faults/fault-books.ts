import { tmpdir } from "node:os";
import { join } from "node:path";

import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";

/** Books of spaces whose writers are killed: by hash, so that all who look find the same. */
export function faultBooks(): Promise<FileBlobs> {
  return FileBlobs.open(join(tmpdir(), "berth-fault-books"));
}
