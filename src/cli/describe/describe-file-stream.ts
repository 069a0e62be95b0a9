import { createReadStream } from "node:fs";

import type { DescribeOptions } from "../../engine/specification/describe";
import type { Space } from "../../engine/kinds/table/space/space";
import type { Compute } from "../../engine/specification/kernel/compute";
import { islandFeatures } from "../../engine/search/sketches/island-features";
import {
  describeStream,
  RowStreamSummary,
  type StreamedDescription,
} from "../../engine/specification/stream";
import { byteTools } from "../../runtime/byte-tools";
import { matchTable } from "../options";
import { kindOf } from "../../engine/kinds/index";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import { streamTable } from "../../engine/kinds/table/read/index";
import { finish } from "../../engine/ground/finish";

/**
 * Describe a table that is gone through once and never held.
 *
 * @param file - A path, or "-" for standard input.
 */
export async function describeFileStream(
  compute: Compute,
  file: string,
  island: Space,
  options: Pick<DescribeOptions, "secret" | "count" | "book">,
  choice: ReadOptions = {},
): Promise<StreamedDescription> {
  const bytes = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 19 });
  const stream = await streamTable(bytes as AsyncIterable<Uint8Array>, byteTools, choice);
  const kind = kindOf(island);
  const plan = { space: island, placed: matchTable(island, stream.head) };
  const features = islandFeatures(island, kind.dimension(island));
  const summary = new RowStreamSummary(compute, features, options);
  // Threads sum one block while this one reads the next.
  let adding = Promise.resolve();
  for await (const block of stream.blocks()) {
    const x = kind.points(block, plan);
    await adding;
    adding = summary.add(x);
    adding.catch(() => undefined); // Thrown where it is awaited.
  }
  await adding;
  const described = await finish(describeStream(compute, summary, features, options));
  const { sampleRows, sampleMmd2 } = described;
  console.error(
    `${summary.rows} rows read; a sample of ${sampleRows} was reduced, ` +
      `at a squared MMD of ${sampleMmd2.toExponential(1)} from all of them`,
  );
  return described;
}
