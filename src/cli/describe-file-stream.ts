import { createReadStream } from "node:fs";

import { encodeRows } from "../engine/island/encode";
import type { Island } from "../engine/island/island";
import { randomFeatures } from "../engine/kernel/random-features";
import { describeStream, RowStreamSummary, type StreamedDescription } from "../engine/spec/stream";
import { openTableStream } from "../engine/table/stream-table";
import { byteTools } from "../runtime/byte-tools";
import { WasmCompute } from "../runtime/wasm-compute";
import { matchTable } from "./options";
import { finish } from "./steps";

/**
 * Describe a table that is gone through once and never held.
 *
 * @param file - A path, or "-" for standard input.
 */
export async function describeFileStream(
  file: string,
  island: Island,
  count: { readonly count?: number },
): Promise<StreamedDescription> {
  const bytes = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 19 });
  const stream = await openTableStream(bytes as AsyncIterable<Uint8Array>, byteTools);
  const matches = matchTable(island, stream.head);
  const compute = await WasmCompute.create();
  const { gamma } = island;
  const cols = encodeRows({ rows: 0, columns: [] }, island, [], { scaled: true }).cols;
  const features = randomFeatures({ cols, gamma, seed: `${island.id} ${island.version}` });
  const summary = new RowStreamSummary(compute, features);
  for await (const block of stream.blocks()) {
    await summary.add(encodeRows(block, island, matches, { scaled: true }));
  }
  const described = await finish(describeStream(compute, summary, features, count));
  const { sampleRows, sampleMmd2 } = described;
  console.error(
    `${summary.rows} rows read; a sample of ${sampleRows} was reduced, ` +
      `at a squared MMD of ${sampleMmd2.toExponential(1)} from all of them`,
  );
  return described;
}
