import { createReadStream } from "node:fs";

import { encodeRows } from "../engine/kinds/table/space/encode";
import type { Island } from "../engine/kinds/table/space/island";
import type { Compute } from "../engine/specification/kernel/compute";
import { islandFeatures } from "../engine/search/island-features";
import {
  describeStream,
  RowStreamSummary,
  type StreamedDescription,
} from "../engine/specification/stream";
import { openTableStream } from "../engine/kinds/table/read/delimited/stream-table";
import { byteTools } from "../runtime/byte-tools";
import { matchTable } from "./options";
import { finish } from "./steps";

/**
 * Describe a table that is gone through once and never held.
 *
 * @param file - A path, or "-" for standard input.
 */
export async function describeFileStream(
  compute: Compute,
  file: string,
  island: Island,
  count: { readonly count?: number },
): Promise<StreamedDescription> {
  const bytes = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 19 });
  const stream = await openTableStream(bytes as AsyncIterable<Uint8Array>, byteTools);
  const matches = matchTable(island, stream.head);
  const cols = encodeRows({ rows: 0, columns: [] }, island, [], { scaled: true }).cols;
  const features = islandFeatures(island, cols);
  const summary = new RowStreamSummary(compute, features);
  // Threads sum one block while this one reads the next.
  let adding = Promise.resolve();
  for await (const block of stream.blocks()) {
    const x = encodeRows(block, island, matches, { scaled: true });
    await adding;
    adding = summary.add(x);
    adding.catch(() => undefined); // Thrown where it is awaited.
  }
  await adding;
  const described = await finish(describeStream(compute, summary, features, count));
  const { sampleRows, sampleMmd2 } = described;
  console.error(
    `${summary.rows} rows read; a sample of ${sampleRows} was reduced, ` +
      `at a squared MMD of ${sampleMmd2.toExponential(1)} from all of them`,
  );
  return described;
}
