import { Table, tableFromArrays, tableToIPC, TimeSecond, vectorFromArray } from "apache-arrow";
import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { arrowReader } from "../../../../../../../src/engine/kinds/table/read/arrow/arrow-reader";
import { openAnyTable } from "../../../../../../../src/engine/kinds/table/read/every-format";
import { unpackLz4Frame } from "../../../../../../../src/engine/kinds/table/read/arrow/lz4-frame";
import { sourceOf } from "../../../../../../fixtures/table/read-text";

const HEAD = [4, 34, 77, 24, 0x40, 0x40, 0];

describe("arrowReader", () => {
  test("reads streams as well as files", async () => {
    const table = tableFromArrays({
      n: Float64Array.of(1, 2.5),
      id: BigInt64Array.of(1n, 2n ** 60n),
    });
    for (const kind of ["file", "stream"] as const) {
      const bytes = new Uint8Array(tableToIPC(table, kind));
      expect(arrowReader.recognises(bytes, "x")).toBe(true);
      const { profile } = await finish(arrowReader.read(sourceOf(bytes)));
      expect(profile.preview).toEqual([
        ["1", "1"],
        ["2.5", "1152921504606846976"],
      ]);
    }
  });
});

test("streams are found by their content, and times of day are texts", async () => {
  const table = new Table({
    n: vectorFromArray([1, 2]),
    at: vectorFromArray([3600, null], new TimeSecond()),
  });
  const source = sourceOf(new Uint8Array(tableToIPC(table, "stream")));
  const { read } = await finish(openAnyTable(source, "x.arrows"));
  expect(read.profile).toMatchObject({ format: "arrow", warnings: [] });
  expect(read.profile.preview).toEqual([
    ["1", "01:00:00"],
    ["2", ""],
  ]);
});

describe("unpackLz4Frame", () => {
  test("unpacks literals, repeats that overlap, and blocks that were not packed", () => {
    // Two literals, then four from one ago; then a block as it is.
    const block = [0x20, 97, 98, 1, 0, 0x10, 99];
    const frame = [...HEAD, block.length, 0, 0, 0, ...block, 2, 0, 0, 0x80, 100, 101, 0, 0, 0, 0];
    expect(new TextDecoder().decode(unpackLz4Frame(Uint8Array.from(frame)))).toBe("abbbbbcde");
  });

  test.each([
    ["is none", [1, 2, 3, 4, 5, 6, 7]],
    ["ends too early", [...HEAD, 9, 0, 0, 0, 0x20]],
    ["points beyond its start", [...HEAD, 4, 0, 0, 0, 0x10, 97, 9, 0, 0, 0, 0, 0]],
    ["has no end", HEAD],
  ])("refuses a frame that %s", (_, frame) => {
    expect(() => unpackLz4Frame(Uint8Array.from(frame))).toThrow("damaged");
  });
});
