import { expect, test } from "vitest";

import { gunzip } from "../../../src/runtime/gunzip";
import { gzip } from "../../fixtures/table/read-text";

const random = (length: number) =>
  Uint8Array.from({ length }, (_, i) => (i * i * 31 + (i >> 3)) & 255);

async function unpacked(packed: Uint8Array, size: number): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const pieces = async function* () {
    for (let at = 0; at < packed.length; at += size) yield packed.subarray(at, at + size);
  };
  for await (const part of gunzip(pieces())) parts.push(part.slice());
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

test.each([1, 7, 100, 1 << 20])(
  "members one after the other are unpacked, in pieces of %i",
  async (size) => {
    const members = [random(3000), new Uint8Array(), random(500)];
    const packed = await Promise.all(members.map((bytes) => gzip(new Uint8Array(bytes))));
    const whole = new Uint8Array(
      await new Blob(packed.map((bytes) => bytes.slice())).arrayBuffer(),
    );
    const expected = new Uint8Array(
      await new Blob(members.map((bytes) => bytes.slice())).arrayBuffer(),
    );
    expect(await unpacked(whole, size)).toEqual(expected);
  },
);

test("what looks like the head of a member within one is none", async () => {
  const bytes = Uint8Array.from({ length: 4000 }, (_, i) => [0x1f, 0x8b, 8, 0][i % 4]!);
  const stored = await gzip(bytes);
  expect(await unpacked(stored, 64)).toEqual(bytes);
});

test.each([10, 20, 300])("a member that was cut off at %i bytes is damaged", async (length) => {
  const packed = await gzip(random(4000));
  await expect(unpacked(packed.slice(0, length), 64)).rejects.toThrow();
});
