import fc from "fast-check";
import { expect, test } from "vitest";

import { inParts } from "../../../../../src/dock/storage/blobs/in-parts";

const chunksOf = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 8 });

test("cuts any chunks into full parts and a rest, at least one", async () => {
  await fc.assert(
    fc.asyncProperty(chunksOf, fc.integer({ min: 1, max: 12 }), async (chunks, partBytes) => {
      const parts: number[][] = [];
      for await (const part of inParts(fromArray(chunks), partBytes)) parts.push([...part]);
      expect(parts.flat()).toEqual(chunks.flatMap((chunk) => [...chunk]));
      for (const part of parts.slice(0, -1)) expect(part).toHaveLength(partBytes);
      expect(parts.length).toBe(Math.max(1, Math.ceil(parts.flat().length / partBytes)));
    }),
  );
});

async function* fromArray(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
